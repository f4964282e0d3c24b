import { describe, expect, it } from 'vitest'
import { createInventoryIndex } from './inventory-index'
import type { InventoryObject, NodeObject, PodObject } from './inventory-object'
import { pod, workload } from './inventory-samples'

const base = { namespace: '', createdAt: 1_000, labels: {}, owner: null }
const node = (name: string, key = ''): NodeObject => ({
  ...base,
  kind: 'Node',
  uid: `node-${name}`,
  name,
  annotations: key ? { 'projectcalico.org/WireguardPublicKey': key } : {},
  addresses: ['192.168.0.1'],
})
const indexOf = (...events: [object: InventoryObject, at: number][]) => {
  const index = createInventoryIndex('c')
  for (const [object, at] of events) index.apply({ type: 'upsert', object, at })
  return index
}
const byName = (one: PodObject, time = 5_000) => indexOf([one, 2_000]).placeOf('c', 'shop', one.name, '', time)

describe('where a pod is', () => {
  it('is its node, by its name and by its address', () => {
    const index = indexOf([pod('web', { ips: ['10.0.0.1'] }), 2_000])
    const place = { at: 'pod', cluster: 'c', node: 'n1' }
    expect(index.placeOf('c', 'shop', 'web', '', 5_000)).toEqual(place)
    expect(index.placeOf('c', '', '', '10.0.0.1', 5_000)).toEqual(place)
    expect(index.placeOf('d', 'shop', 'web', '', 5_000)).toBeNull()
    expect(index.placeOf('c', 'shop', 'other', '', 5_000)).toBeNull()
  })

  it('is the host in the host’s network, and nowhere before it is bound', () => {
    expect(byName(pod('web', { hostNetwork: true }))).toEqual({ at: 'host', cluster: 'c', node: 'n1' })
    expect(byName(pod('web', { node: '' }))).toBeNull()
  })

  it('becomes known when the pod is bound, and grows the version', () => {
    const index = indexOf([pod('web', { node: '' }), 2_000])
    const { version } = index
    index.apply({ type: 'upsert', object: pod('web'), at: 3_000 })
    expect(index.version).toBeGreaterThan(version)
    expect(index.placeOf('c', 'shop', 'web', '', 5_000)).toMatchObject({ node: 'n1' })
  })

  it('is that of the pod of this name at the time, of a pod that came back elsewhere', () => {
    const first = pod('db-0', { uid: 'a', node: 'n1' })
    const index = indexOf([first, 1_000])
    index.apply({ type: 'delete', object: first, at: 4_000 })
    index.apply({ type: 'upsert', object: pod('db-0', { uid: 'b', node: 'n2', createdAt: 6_000 }), at: 6_000 })
    const nodeAt = (time: number) => index.placeOf('c', 'shop', 'db-0', '', time)
    expect([3_000, 7_000].map(nodeAt)).toMatchObject([{ node: 'n1' }, { node: 'n2' }])
  })

  it('is a host for a node’s own address', () => {
    expect(indexOf([node('n1'), 2_000]).placeOf('c', '', '', '192.168.0.1', 5_000)).toMatchObject({ at: 'host' })
  })
})

describe('keys of a node', () => {
  it('are those of the time', () => {
    const index = indexOf([node('n1'), 2_000], [node('n1', 'a'), 4_000], [node('n1', 'b'), 6_000])
    const keysAt = (time: number) => index.nodeKeys('c', 'n1', time)?.wireguard
    expect([0, 3_000, 5_000, 7_000].map(keysAt)).toEqual([[], [], ['a'], ['b']])
  })

  it('tell what a tunnel does with the host network as settings told at the time', () => {
    const felix = (hostEncryption: boolean | null, name = 'default'): InventoryObject => ({
      ...base,
      kind: 'FelixConfiguration',
      uid: `felix-${name}`,
      name,
      annotations: {},
      hostEncryption,
    })
    const index = indexOf([node('n1', 'a'), 2_000], [felix(true), 4_000], [felix(false, 'node.n1'), 6_000])
    index.apply({ type: 'delete', object: felix(false, 'node.n1'), at: 8_000 })
    const takes = (time: number) => index.nodeKeys('c', 'n1', time)?.host.withHosts
    expect([3_000, 5_000, 7_000, 9_000].map(takes)).toEqual([null, true, false, true])
  })

  it('are not known of a node that was never seen, and of Cilium’s where nothing tells them', () => {
    const index = indexOf([node('n1'), 2_000])
    expect(index.nodeKeys('c', 'n2', 5_000)).toBeNull()
    const agent = workload('DaemonSet', 'cilium', { labels: { 'k8s-app': 'cilium' } })
    index.apply({ type: 'upsert', object: agent, at: 6_000 })
    index.apply({ type: 'upsert', object: node('n3'), at: 6_000 })
    expect(index.nodeKeys('c', 'n3', 7_000)).toBeNull()
    index.apply({ type: 'delete', object: agent, at: 8_000 })
    expect(index.nodeKeys('c', 'n3', 9_000)?.wireguard).toEqual([])
  })
})
