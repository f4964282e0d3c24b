import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInventoryIndex, type InventoryEvent, type InventoryIndex } from './inventory-index'
import { claimLimits } from './inventory-claims'
import type { InventoryObject, NodeObject } from './inventory-object'
import { ownedBy, pod, service, slice, workload } from './inventory-samples'

const at = 10_000
const see = (index: InventoryIndex, ...objects: InventoryObject[]) =>
  objects.flatMap((object) => index.apply({ type: 'upsert', object, at }))
const label = (endpoint: { kind: string; name: string } | null) => endpoint && `${endpoint.kind}/${endpoint.name}`
const whoHas = (index: InventoryIndex, ip: string, time = at) => label(index.resolveIp('c', ip, time))
const whoIs = (index: InventoryIndex, name: string, time = at) => label(index.workloadOf('c', 'shop', name, time))
const node = (name: string, addresses: string[]): NodeObject => {
  const { uid, createdAt, labels, annotations, owner } = pod(name)
  return { kind: 'Node', uid: `node-${uid}`, namespace: '', name, createdAt, labels, annotations, owner, addresses }
}

const web = workload('Deployment', 'web')
const webSet = workload('ReplicaSet', 'web-5d9c7', ownedBy(web))
const nightly = workload('CronJob', 'nightly')
const run = workload('Job', 'nightly-28000', ownedBy(nightly))
const custom = { kind: 'Rollout', name: 'cart', uid: 'rollout-cart' }
const customSet = workload('ReplicaSet', 'cart-abc', { owner: custom })
const hashed = { labels: { 'pod-template-hash': '5d9c7' } }

describe('the workload of a pod', () => {
  it.each([
    ['a Deployment through its ReplicaSet', pod('p', ownedBy(webSet)), [webSet], 'Deployment/web'],
    ['a CronJob through its Job', pod('p', ownedBy(run)), [run], 'CronJob/nightly'],
    ['an owner of unknown kind', pod('p', { owner: custom }), [], 'Rollout/cart'],
    ['an unknown owner of a known ReplicaSet', pod('p', ownedBy(customSet)), [customSet], 'Rollout/cart'],
    ['a Deployment that the template hash proves', pod('p', { ...ownedBy(webSet), ...hashed }), [], 'Deployment/web'],
    ['its ReplicaSet where nothing proves more', pod('p', ownedBy(webSet)), [], 'ReplicaSet/web-5d9c7'],
    [
      'its ReplicaSet where that has no owner',
      pod('p', ownedBy(workload('ReplicaSet', 'rs'))),
      [workload('ReplicaSet', 'rs')],
      'ReplicaSet/rs',
    ],
    ['itself where it has no owner', pod('bare'), [], 'Pod/bare'],
    [
      'itself where its owner is the node',
      pod('etcd-n1', { owner: { kind: 'Node', name: 'n1', uid: 'n' } }),
      [],
      'Pod/etcd-n1',
    ],
  ])('is %s, whichever comes first', (_, one, owners, expected) => {
    for (const order of [
      [one, ...owners],
      [...owners, one],
    ]) {
      const index = createInventoryIndex('c')
      see(index, ...order)
      expect(whoIs(index, one.name)).toBe(expected)
    }
  })

  it('stays known after its owners and the pod itself are gone', () => {
    const index = createInventoryIndex('c')
    const one = pod('p', { ...ownedBy(customSet), ips: ['10.0.0.1'], ipSince: 2_000 })
    see(index, customSet, one)
    index.apply({ type: 'delete', object: customSet, at: 20_000 })
    index.apply({ type: 'upsert', object: { ...one, node: 'n2' }, at: 21_000 })
    index.apply({ type: 'delete', object: one, at: 30_000 })
    expect(whoIs(index, 'p', 25_000)).toBe('Rollout/cart')
    expect(whoIs(index, 'p', 90_000)).toBe('Rollout/cart')
    expect(whoHas(index, '10.0.0.1', 29_999)).toBe('Rollout/cart')
  })

  it('reports its pods as changed when the owner is learnt late', () => {
    const index = createInventoryIndex('c')
    see(index, pod('p', ownedBy(webSet)))
    const before = index.version
    const changes = see(index, webSet)
    expect(changes.map(({ object, workload }) => [object.kind, workload && label(workload)])).toEqual([
      ['ReplicaSet', null],
      ['Pod', 'Deployment/web'],
    ])
    expect(index.version).toBeGreaterThan(before)
  })
})

describe('an address', () => {
  it('that another pod took over resolves by the time of the flow', () => {
    const index = createInventoryIndex('c')
    const a = pod('a', { ips: ['10.0.0.1'], ipSince: 2_000 })
    const b = pod('b', { ips: ['10.0.0.1'], ipSince: 40_000 })
    see(index, a)
    index.apply({ type: 'delete', object: a, at: 30_000 })
    index.apply({ type: 'upsert', object: b, at: 41_000 })
    expect([2_000, 29_000, 40_000, 99_000].map((time) => whoHas(index, '10.0.0.1', time))).toEqual([
      'Pod/a',
      'Pod/a',
      'Pod/b',
      'Pod/b',
    ])
  })

  it('is released when its pod has ended, and belongs to nobody after the grace', () => {
    const index = createInventoryIndex('c')
    see(index, pod('a', { ips: ['10.0.0.1'], ipSince: 2_000 }))
    const done = pod('a', { ips: ['10.0.0.1'], ipSince: 2_000, phase: 'Succeeded', finishedAt: 9_000 })
    index.apply({ type: 'upsert', object: done, at: 12_000 })
    expect([8_000, 20_000, 39_001].map((time) => whoHas(index, '10.0.0.1', time))).toEqual(['Pod/a', 'Pod/a', null])
  })

  it('of a pod that was done before it was first seen is still known for its time', () => {
    const index = createInventoryIndex('c')
    see(index, pod('a', { ips: ['10.0.0.1'], ipSince: 2_000, phase: 'Succeeded', finishedAt: 5_000 }))
    see(index, pod('b', { ips: ['10.0.0.1'], ipSince: 6_000 }))
    expect([3_000, 7_000].map((time) => whoHas(index, '10.0.0.1', time))).toEqual(['Pod/a', 'Pod/b'])
  })

  it('of a hostNetwork pod is the Node’s', () => {
    const index = createInventoryIndex('c')
    see(index, pod('proxy', { ips: ['192.168.0.5'], ipSince: 2_000, hostNetwork: true }), node('n1', ['192.168.0.5']))
    expect(whoHas(index, '192.168.0.5')).toBe('Node/n1')
    expect(whoIs(index, 'proxy')).toBe('Pod/proxy')
  })

  it('of a Service is the Service’s, unless it is a load balancer’s that a Node has', () => {
    const index = createInventoryIndex('c')
    see(index, service('web', { clusterIps: ['10.96.0.7'], externalIps: ['192.168.0.5', '203.0.113.9'] }))
    see(index, node('n1', ['192.168.0.5']))
    expect(['10.96.0.7', '192.168.0.5', '203.0.113.9'].map((ip) => whoHas(index, ip))).toEqual([
      'Service/web',
      'Node/n1',
      'Service/web',
    ])
  })

  it('that changed in the life of a pod is only its own from then on', () => {
    const index = createInventoryIndex('c')
    see(index, pod('a', { ips: ['10.0.0.1'], ipSince: 2_000 }))
    index.apply({ type: 'upsert', object: pod('a', { ips: ['10.0.0.2'], ipSince: 2_000 }), at: 50_000 })
    expect([whoHas(index, '10.0.0.2', 45_000), whoHas(index, '10.0.0.2', 50_000)]).toEqual([null, 'Pod/a'])
    expect([whoHas(index, '10.0.0.1', 49_000), whoHas(index, '10.0.0.1', 81_000)]).toEqual(['Pod/a', null])
  })

  it('is found in both families and as IPv4 in IPv6, in this cluster only', () => {
    const index = createInventoryIndex('c')
    see(index, pod('a', { ips: ['10.0.0.1', 'fd00::1'], ipSince: 2_000 }))
    expect(['fd00::1', 'FD00::1', '::ffff:10.0.0.1', ''].map((ip) => whoHas(index, ip))).toEqual([
      'Pod/a',
      'Pod/a',
      'Pod/a',
      null,
    ])
    expect(index.resolveIp('other', '10.0.0.1', at)).toBeNull()
  })
})

describe('the fold', () => {
  it('does not depend on the order in which different objects are learnt', () => {
    const lives = [
      pod('a', { ...ownedBy(webSet), ...hashed, ips: ['10.0.0.1'], ipSince: 2_000 }),
      pod('b', { ...ownedBy(run), ips: ['10.0.0.1'], ipSince: 30_000 }),
      pod('c', { ips: ['10.0.0.2'], ipSince: 3_000 }),
      webSet,
      run,
      service('web', { clusterIps: ['10.96.0.7'] }),
    ].map((object): InventoryEvent[] => [
      { type: 'upsert', object, at: 31_000 },
      ...(object.name === 'a' ? [{ type: 'delete' as const, object, at: 35_000 }] : []),
    ])
    const answers = (order: readonly number[]) => {
      const index = createInventoryIndex('c')
      for (const life of order) for (const event of lives[life] ?? []) index.apply(event)
      const times = [1_000, 2_500, 29_000, 31_000, 40_000, 90_000]
      return times.flatMap((time) => [
        ...['10.0.0.1', '10.0.0.2', '10.96.0.7'].map((ip) => whoHas(index, ip, time)),
        ...['a', 'b', 'c'].map((name) => whoIs(index, name, time)),
      ])
    }
    const inOrder = lives.map((_, index) => index)
    const expected = answers(inOrder)
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (order) => {
        expect(answers(order)).toEqual(expected)
      }),
    )
  })

  it('closes at a reset what has gone and reports only real changes', () => {
    const index = createInventoryIndex('c')
    const a = pod('a', { ips: ['10.0.0.1'], ipSince: 2_000 })
    const b = pod('b')
    index.apply({ type: 'reset', kind: 'Pod', objects: [a, b], at: 5_000 })
    const changes = index.apply({ type: 'reset', kind: 'Pod', objects: [{ ...b, labels: {} }], at: 6_000 })
    expect(changes.map(({ object, until }) => [object.name, until])).toEqual([['a', 6_000]])
    expect(whoHas(index, '10.0.0.1', 36_001)).toBeNull()
  })

  it('keeps 100,000 churned pods within its limits and the newest resolvable', () => {
    const index = createInventoryIndex('c', {
      retentionMs: 3_600_000,
      maxObjects: 1_000,
      claims: { ...claimLimits, maxClosed: 5_000 },
    })
    for (let n = 0; n < 100_000; n++) {
      const one = pod(`p${n}`, { ips: [`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`], ipSince: n })
      index.apply({ type: 'upsert', object: one, at: n })
      index.apply({ type: 'delete', object: one, at: n + 1 })
    }
    expect(index.dropped).toBe(2 * 95_000)
    expect(whoHas(index, '10.1.134.159', 99_999)).toBe('Pod/p99999')
    expect(index.count('Pod')).toBe(0)
    index.prune(100_001 + 3_600_000)
    expect(whoHas(index, '10.1.134.159', 99_999)).toBeNull()
  })

  it('refuses objects past its limit and counts them', () => {
    const index = createInventoryIndex('c', { retentionMs: 1, maxObjects: 2, claims: claimLimits })
    see(index, pod('a'), pod('b'), pod('c'))
    expect([index.count('Pod'), index.dropped]).toEqual([2, 1])
  })
})

describe('items', () => {
  it('list workloads with the Services that select them or whose slices name their pods', () => {
    const index = createInventoryIndex('c')
    const one = pod('web-1', { ...ownedBy(webSet), labels: { app: 'web' } })
    const cart = pod('cart-0', { owner: custom })
    const done = pod('old', { phase: 'Succeeded' })
    see(index, web, webSet, nightly, run, one, cart, done)
    see(index, service('web', { selector: { app: 'web' } }), service('cart'), slice('cart', [cart]))
    see(index, workload('Deployment', 'scaled-down', { podLabels: { app: 'web' }, replicas: 0 }))
    const items = index.items().map(({ endpoint, services, pods }) => [label(endpoint), services, pods])
    expect(items.sort()).toEqual([
      ['CronJob/nightly', [], 0],
      ['Deployment/scaled-down', ['web'], 0],
      ['Deployment/web', ['web'], 1],
      ['Rollout/cart', ['cart'], 1],
      ['Service/cart', [], 1],
      ['Service/web', [], 1],
    ])
    expect(index.servicesOf({ cluster: 'c', namespace: 'shop', kind: 'Rollout', name: 'cart' })).toEqual(['cart'])
    index.apply({ type: 'delete', object: service('cart'), at })
    index.apply({ type: 'delete', object: slice('cart', [cart]), at })
    expect(index.servicesOf({ cluster: 'c', namespace: 'shop', kind: 'Rollout', name: 'cart' })).toEqual([])
  })
})
