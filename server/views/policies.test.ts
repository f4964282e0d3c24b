import { beforeAll, describe, expect, it } from 'vitest'
import { pod, workload as controller } from '@/core/inventory-samples'
import type { InventoryObject } from '@/core/inventory-object'
import { flowId } from '@/core/flow-id'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, recordRow, workload } from '@/server/db/test-batches'
import { writeInventory } from '@/server/db/write-inventory'
import { policiesView } from './policies'
import { policyDecisionView } from './policy-decision'
import { policyGroundView } from './policy-ground'
import { policyObjectView } from './policy-object'
import { answerOf as ask, viewDatabase } from './testing'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const made = now - 20 * 86_400_000
const flowFacet = facetOf({ l7: 'none' })
const denied = facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' })

const write = (at: number, ...objects: InventoryObject[]) =>
  writeInventory(
    db.pool,
    'demo',
    objects.map((object) => ({
      object,
      workload: object.kind === 'Pod' ? { kind: 'Deployment', name: object.labels.app ?? '' } : null,
      at,
      until: null,
    })),
  )

const namespace = (name: string): InventoryObject => ({
  ...pod(name),
  kind: 'Namespace',
  uid: `namespace-${name}`,
  namespace: '',
  createdAt: made,
})

const podOf = (app: string, ip: string, place = 'shop') =>
  pod(`${app}-1`, {
    uid: `${place}-${app}`,
    namespace: place,
    labels: { app, 'pod-template-hash': 'x' },
    ips: [ip],
    createdAt: made,
  })

const policy = (name: string, app: string, from: readonly string[], place = 'shop'): InventoryObject => ({
  uid: `policy-${place}-${name}`,
  kind: 'NetworkPolicy',
  namespace: place,
  name,
  createdAt: made,
  labels: {},
  annotations: {},
  owner: null,
  spec: {
    podSelector: { matchLabels: { app } },
    policyTypes: ['Ingress'],
    ingress: from.map((one) => ({ from: [{ podSelector: { matchLabels: { app: one } } }], ports: [{ port: 80 }] })),
  },
})

beforeAll(async () => {
  await write(
    made,
    namespace('shop'),
    namespace('vault'),
    podOf('web', '10.0.0.1'),
    podOf('cart', '10.0.0.2'),
    podOf('db', '10.0.0.3'),
    podOf('secrets', '10.0.1.1', 'vault'),
    controller('CronJob', 'report', { createdAt: made, podLabels: { app: 'report' } }),
    policy('cart-callers', 'cart', ['web', 'checkout']),
    policy('db-callers', 'db', ['cart']),
    policy('vault-only', 'secrets', ['vault-reader'], 'vault'),
  )
  const hidden = { ...edgeName('web', 'secrets'), to: workload('secrets', 'vault') }
  await db.write({
    buckets: [
      bucketRow(now - 60_000, { flows: 40 }, edgeName('web', 'cart'), flowFacet),
      bucketRow(now - 40_000, { flows: 7 }, edgeName('web', 'db'), denied),
      bucketRow(now - 40_000, { flows: 3 }, edgeName('cart', 'web'), denied),
      bucketRow(now - 30_000, { flows: 5 }, hidden, flowFacet),
    ],
    stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const shopOnly = scopeOf([['demo', 'shop']])

describe('the ground of policies', () => {
  it('has workloads as pods grouped alike, policies as they were written, and edges with when they were seen', async () => {
    const ground = await ask(policyGroundView, 'policies/ground?last=15m')
    expect(ground.model.workloads.map(({ namespace: of, name, kind }) => `${of}/${name}[${kind}]`)).toEqual([
      'shop/cart[Deployment]',
      'shop/db[Deployment]',
      'shop/report[CronJob]',
      'shop/web[Deployment]',
      'vault/secrets[Deployment]',
    ])
    expect(ground.model.workloads[0]).toMatchObject({ labels: { app: 'cart' }, ips: ['10.0.0.2'], nodes: ['n1'] })
    expect(ground.records.map(({ ref }) => ref.name)).toEqual(['cart-callers', 'db-callers', 'vault-only'])
    expect(ground.model.objects[0]).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'cart-callers' } })
    const edge = ground.edges.find(({ id }) => id === 'demo/shop/Deployment/web|demo/shop/Deployment/db|80|tcp')
    expect(edge).toMatchObject({
      from: { type: 'workload', workload: 3 },
      to: { type: 'workload', workload: 1 },
      allowed: 0,
      denied: 7,
      lastAllowed: null,
      lastDenied: now - 40_000,
      evidence: { count: 7, days: 1 },
      witness: 'hubble',
    })
    expect(ground).toMatchObject({ cluster: 'demo', profile: 'generic', hidesNamespaces: false })
  })

  it('shows nothing of what is outside the scope', async () => {
    const ground = await ask(policyGroundView, 'policies/ground?last=15m', shopOnly)
    expect(JSON.stringify(ground)).not.toMatch(/vault|secrets/)
    expect(ground.hidesNamespaces).toBe(true)
    expect(ground.edges.map(({ to }) => to).filter(({ type }) => type === 'unknown')).toEqual([
      { type: 'unknown', why: 'hidden' },
    ])
  })

  it('is not there for a recording, and for a cluster that nobody reads', async () => {
    await expect(ask(policyGroundView, 'policies/ground?recording=1')).rejects.toThrow(/no objects of a cluster/)
    await expect(ask(policyGroundView, 'policies/ground?cluster=other')).rejects.toThrow(/No objects of this cluster/)
  })
})

describe('the list of policies', () => {
  it('tells what each covers, how often its rules decided, and what it never did', async () => {
    const page = await ask(policiesView, 'policies?last=15m')
    const [cart, data] = page.policies
    expect(cart).toMatchObject({
      name: 'NetworkPolicy shop/cart-callers',
      isolates: ['ingress'],
      hits: { allowed: 40, denied: 0, lastUsed: now - 60_000, witnesses: ['engine'] },
    })
    expect(cart?.selects.map((i) => page.workloads[i]?.name)).toEqual(['cart'])
    expect(cart?.rules.map(({ path, hits }) => [path, hits.allowed])).toEqual([
      ['spec.ingress[0]', 40],
      ['spec.ingress[1]', 0],
    ])
    expect(data?.hits).toMatchObject({ allowed: 0, denied: 7, edges: 1 })
    expect(page.workloads.find(({ name }) => name === 'db')).toMatchObject({
      ingress: { state: 'isolated', by: [1] },
      egress: { state: 'open', by: [] },
      mesh: null,
    })
    expect(page.namespaces).toMatchObject([
      { namespace: 'shop', workloads: 4, ingress: 2, egress: 0, policies: 2 },
      { namespace: 'vault', workloads: 1, ingress: 1, policies: 1 },
    ])
    expect(page.tiers.map(({ name, policies }) => [name, policies])).toEqual([['default', 3]])
  })

  it('says where what happened is not what policies say', async () => {
    const page = await ask(policiesView, 'policies?last=15m')
    expect(page.differing.map(({ from, to, says }) => [from, to, says])).toEqual([
      ['shop/web[Deployment]', 'vault/secrets[Deployment]', 'denied'],
      ['shop/cart[Deployment]', 'shop/web[Deployment]', 'allowed'],
    ])
    expect(page.traffic).toEqual({ edges: 4, undecided: 0, differing: 2 })
  })

  it('shows nothing of what is outside the scope', async () => {
    const page = await ask(policiesView, 'policies?last=15m', shopOnly)
    expect(JSON.stringify(page)).not.toMatch(/vault|secrets/)
    expect(page).toMatchObject({ hidesNamespaces: true, traffic: { edges: 4, undecided: 1 } })
  })

  it('is empty where no cluster is to be seen', async () => {
    expect(await ask(policiesView, 'policies', scopeOf([]))).toMatchObject({ cluster: '', clusters: [], policies: [] })
  })
})

describe('the decision', () => {
  const about = (query: string, scope?: Parameters<typeof ask>[2]) =>
    ask(policyDecisionView, `policies/decision?last=15m&${query}`, scope)

  it('on an edge names the policy at each end and what it leans on', async () => {
    const sel = encodeURIComponent('demo/shop/Deployment/web|demo/shop/Deployment/db|80|tcp')
    const { edges, ends } = await about(`sel=${sel}`)
    expect(edges).toMatchObject([
      {
        verdict: 'denied',
        recorded: { denied: 7 },
        difference: null,
        sides: [
          { direction: 'egress', reason: 'no-policy' },
          { direction: 'ingress', reason: 'end-of-tier', selecting: [{ name: 'db-callers' }] },
        ],
      },
    ])
    expect(edges[0]?.sentences.join(' ')).toMatch(/^Denied.*db-callers/)
    expect(ends.find(({ name }) => name === 'db')?.ingress).toMatchObject({
      state: 'isolated',
      by: [{ name: 'db-callers' }],
    })
  })

  it('on a record is that of its time, with what its source said', async () => {
    const at = now - 20_000
    await db.write({
      records: [
        recordRow(at, 9n, {
          edge: edgeName('web', 'cart'),
          facet: flowFacet,
          shape: JSON.stringify({
            ingress_allowed_by: [{ kind: 'NetworkPolicy', namespace: 'shop', name: 'cart-callers' }],
          }),
        }),
      ],
    })
    const page = await about(`flow=${flowId({ time: at, key: 9n })}`)
    expect(page).toMatchObject({
      at,
      edges: [
        {
          verdict: 'allowed',
          from: 'shop/web[Deployment]',
          to: 'shop/cart[Deployment]',
          difference: null,
          recorded: null,
        },
      ],
      flow: { verdict: 'allowed', steps: [{ outcome: 'allowed', policy: { name: 'cart-callers' } }] },
    })
    await expect(about('flow=1-1&sel=x')).rejects.toThrow(/give either sel or flow/)
    const [cart] = (await ask(policiesView, 'policies?last=14m')).policies
    expect(cart?.hits.witnesses).toEqual(['hubble'])
  })

  it('on a workload is that on all its edges, what differs first', async () => {
    const page = await about(`sel=${encodeURIComponent('demo/shop/Deployment/web')}`)
    expect(page).toMatchObject({ edgeCount: 4, differing: 2 })
    expect(page.edges.map(({ difference }) => difference?.says)).toEqual(['denied', 'allowed', undefined, undefined])
  })

  it('says of a hidden end that it is one', async () => {
    const page = await about(`sel=${encodeURIComponent('demo/shop/Deployment/web')}`, shopOnly)
    expect(JSON.stringify(page)).not.toMatch(/vault|secrets/)
    expect(page.edges.find(({ verdict }) => verdict === 'not-known')?.sentences).toEqual([
      'What policies decide cannot be told: one end is outside what you may see.',
    ])
  })
})

describe('a policy', () => {
  const key = (name: string, place = 'shop') => encodeURIComponent(`networking.k8s.io/NetworkPolicy/${place}/${name}`)
  const about = (name: string, place?: string, scope?: Parameters<typeof ask>[2]) =>
    ask(policyObjectView, `policies/object?last=15m&ref=${key(name, place)}`, scope)

  it('has its text, whom it selects, and whom its rules match', async () => {
    const { now: found, versions } = await about('cart-callers')
    expect(found?.yaml).toMatch(
      /^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\nmetadata:\n {2}name: cart-callers/,
    )
    expect(found?.yaml).not.toMatch(/uid|creationTimestamp/)
    expect(found?.selects).toEqual([{ namespace: 'shop', name: 'cart', kind: 'Deployment' }])
    expect(found?.rules.map(({ matches, matchCount }) => [matches.map(({ name }) => name), matchCount])).toEqual([
      [['web'], 1],
      [[], 0],
    ])
    expect(found?.findings.map(({ rule, path }) => [rule, path])).toContainEqual([
      'peer-matches-nothing',
      'spec.ingress[1].from[0]',
    ])
    expect(versions).toMatchObject([{ change: 'made', to: null, changes: [] }])
  })

  it('has its versions, also when it is gone', async () => {
    const before = policy('passing', 'web', ['cart'])
    const after = policy('passing', 'web', ['db'])
    await write(now - 500_000, { ...before, createdAt: now - 500_000 })
    await write(now - 400_000, { ...after, createdAt: now - 500_000 })
    const gone = {
      object: { ...after, createdAt: now - 500_000 },
      workload: null,
      at: now - 300_000,
      until: now - 300_000,
    }
    await writeInventory(db.pool, 'demo', [gone])
    const { now: found, versions } = await about('passing')
    expect(found).toBeNull()
    expect(versions.map(({ change, changes, to }) => [change, changes, to])).toEqual([
      [
        'changed',
        [{ path: 'spec.ingress[0].from[0].podSelector.matchLabels.app', before: '"cart"', after: '"db"' }],
        now - 300_000,
      ],
      ['made', [], now - 400_000],
    ])
  })

  it('is not there outside the scope', async () => {
    expect((await about('vault-only', 'vault')).now?.name).toBe('NetworkPolicy vault/vault-only')
    await expect(about('vault-only', 'vault', shopOnly)).rejects.toThrow(/There is no such policy/)
  })
})

it('what was changed a moment ago is there at once', async () => {
  const changed = Date.now() - 1
  await write(changed, { ...policy('db-callers', 'db', ['cart', 'web']), createdAt: made })
  const { model, records, lastChange } = await ask(policyGroundView, 'policies/ground?last=15m')
  const isThere = expect.objectContaining({
    metadata: expect.objectContaining({ name: 'db-callers' }),
    spec: expect.objectContaining({ ingress: [expect.anything(), expect.anything()] }),
  })
  expect(model.objects).toContainEqual(isThere)
  expect(records.find(({ ref }) => ref.name === 'db-callers')?.changedAt).toBe(changed)
  expect(lastChange).toBe(changed)
})
