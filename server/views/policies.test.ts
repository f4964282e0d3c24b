import { describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { policiesView } from './policies'
import { policyGroundView } from './policy-ground'
import { answerOf as ask } from './testing'
import { made, now, policy, policyDatabase, shopOnly } from './testing-policies'

const { write } = policyDatabase()

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
