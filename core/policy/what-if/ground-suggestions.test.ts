import { describe, expect, test } from 'vitest'
import { prepareGround, whatIf } from '../what-if'
import { driftOf, driftRequestOf } from './drift'
import { acceptedManifest, suggestFormats, suggestOnGround, suggestedAtAnnotation } from './ground-suggestions'
import { day, edge, fromNamespace, groundOf, now, policy, workload } from './test-ground'

const edges = [
  edge(workload('web'), workload('db'), 5432, { count: 900 }),
  edge(workload('job'), workload('db'), 5432, { count: 20, witness: 'goldmane' }),
  edge(workload('reports'), workload('db'), 5432, { count: 30, allowed: 0, denied: 30 }),
  edge(workload('web'), workload('dns'), 53, { protocol: 'UDP' }),
  edge(workload('reports'), workload('job'), 8080),
]
const ground = groundOf([], edges)
const ask = {
  scope: { type: 'workload', workload: 'shop/db[Deployment]' },
  format: 'NetworkPolicy',
  per: 'workload',
  isolate: 'seen',
} as const

describe('suggestions on a ground', () => {
  test('are about the scope only, and every rule names its edges and witnesses', () => {
    const { suggestions } = suggestOnGround(prepareGround(ground), ask)
    expect(suggestions.map(({ key }) => key)).toEqual(['shop/db-traffic'])
    const rules = suggestions[0]?.rules ?? []
    expect(rules.map(({ edges: ids, witnesses }) => [ids.length, witnesses])).toEqual([
      [1, ['goldmane']],
      [1, ['hubble']],
    ])
    expect(rules.flatMap(({ rule }) => rule.evidence?.count)).toEqual([20, 900])
  })

  test('leave out what was denied, and say so', () => {
    const { leftOut } = suggestOnGround(prepareGround(ground), ask)
    expect(leftOut).toMatchObject([{ reason: 'denied', connections: 30, edges: 1 }])
  })

  test('deny none of the traffic that they were made of', () => {
    const prepared = prepareGround(ground)
    const { suggestions } = suggestOnGround(prepared, {
      ...ask,
      scope: { type: 'namespaces', namespaces: ['shop', 'data'] },
      isolate: 'both',
    })
    const changes = suggestions.map((one) => ({
      change: 'put' as const,
      object: acceptedManifest(one, one.rules, now),
    }))
    const { effects } = whatIf(prepared, changes)
    expect(changes.length).toBeGreaterThan(2)
    expect(effects['newly-denied'].shown.filter(({ allowed }) => allowed !== 0)).toEqual([])
  })

  test('a rule that is dropped lets nothing pass, and the direction stays isolated', () => {
    const prepared = prepareGround(ground)
    const [one] = suggestOnGround(prepared, ask).suggestions
    if (!one) throw new Error('nothing was suggested')
    const dropped = acceptedManifest(
      one,
      one.rules.filter(({ witnesses }) => witnesses[0] !== 'goldmane'),
      now,
    )
    expect(dropped).toMatchObject({
      metadata: { annotations: { [suggestedAtAnnotation]: '1970-04-11T00:00:00.000Z' } },
    })
    const { effects } = whatIf(prepared, [{ change: 'put', object: dropped }])
    expect(effects['newly-denied'].shown.map(({ from }) => from.name)).toEqual(['data/reports', 'data/job'])
    expect(acceptedManifest(one, [], now)).toMatchObject({ spec: { policyTypes: ['Ingress'] } })
  })

  test('peers on the same ports are one rule of the object', () => {
    const [one] = suggestOnGround(prepareGround(ground), ask).suggestions
    const accepted = one && acceptedManifest(one, one.rules, now)
    expect(accepted?.spec).toEqual(one?.manifest.spec)
  })

  test('kinds are those that the network enforces', () => {
    expect(suggestFormats(ground)).toEqual(['NetworkPolicy', 'CiliumNetworkPolicy'])
  })
})

describe('drift', () => {
  const made = policy('db', { app: 'db' }, { ingress: [fromNamespace('shop', 5432)] })
  const at = (since: number) => ({
    ...made,
    metadata: { ...Object(made.metadata), annotations: { [suggestedAtAnnotation]: new Date(since).toISOString() } },
  })
  const seenLater = groundOf(
    [at(now - 5 * day)],
    [
      ...edges,
      edge(workload('job'), workload('db'), 5433, { first: now - day }),
      edge(workload('job'), workload('web'), 80, { first: now - day }),
    ],
  )
  const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'db' }

  test('edges of whom the policy isolates that came after it was suggested', () => {
    const request = driftRequestOf(seenLater, ref)
    expect(request).toMatchObject({ because: 'suggested', since: now - 5 * day })
    const drift = request && driftOf(prepareGround(seenLater), request)
    expect(drift).toMatchObject({ told: true, edges: [{ port: 5433, verdict: 'denied', direction: 'ingress' }] })
  })

  test('is not told where the period begins later than the policy', () => {
    const object = at(now - 50 * day)
    const old = groundOf([object], edges)
    expect(driftOf(prepareGround(old), { object, since: now - 50 * day, because: 'suggested' })).toMatchObject({
      told: false,
      edges: [],
    })
  })

  test('there is none of a policy that is not there', () => {
    expect(driftRequestOf(seenLater, { ...ref, name: 'x' })).toBeNull()
  })
})
