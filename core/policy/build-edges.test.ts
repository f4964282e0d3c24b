import { describe, expect, it } from 'vitest'
import { noCounters } from '../figures/counters'
import type { Counters, Facet, WorldEdge } from '../world'
import { buildEdges } from './build-edges'
import { endFinderOf } from './ground-ends'
import type { Sighting } from './ground-traffic'
import { type NamedHit, namedHit } from './named-hits'
import { modelOf, pod } from './test-model'
import { outside } from '../redact'

const end = (name: string, cluster = 'c') => ({ cluster, namespace: 'shop', kind: 'Deployment', name })
const model = modelOf([pod('shop/api', { kind: 'Deployment' }), pod('shop/web', { kind: 'Deployment' })], [])
const facet = (more: Partial<Facet> = {}): Facet => ({
  source: 'hubble',
  reporter: 'destination',
  verdict: 'allowed',
  reason: '',
  l7: 'none',
  encryption: 'unknown',
  hop: 'unknown',
  ...more,
})
const row = (counters: Partial<Counters>, more: Partial<Facet> = {}) => ({
  ...noCounters,
  ...counters,
  facet: facet(more),
})
const edge = (rows: WorldEdge['rows'], more: Partial<WorldEdge['edge']> = {}): WorldEdge => ({
  edge: { id: 1, from: end('web'), to: end('api'), port: 80, protocol: 'tcp', ...more },
  rows,
  joined: [2],
})
const seen = (
  edgeId: number,
  verdict: Sighting['verdict'],
  first: number,
  last: number,
  days: number,
  reporter: Sighting['reporter'] = 'destination',
): Sighting => ({
  edgeId,
  source: 'hubble',
  reporter,
  verdict,
  first,
  last,
  days,
})
const build = (edges: readonly WorldEdge[], sightings: readonly Sighting[], named: readonly NamedHit[] = []) =>
  buildEdges({ edges, sightings, named }, 'c', endFinderOf(model, 'c'), ({ name }) =>
    name === 'gone' ? null : `key ${name}`,
  )

describe('recorded edges', () => {
  it('tell when they passed and were stopped, of all that was joined, and on how many days', () => {
    const found = build(
      [edge([row({ flows: 90 }), row({ flows: 5 }, { verdict: 'denied' })])],
      [seen(1, 'allowed', 100, 300, 0b011), seen(2, 'allowed', 50, 200, 0b110), seen(1, 'denied', 400, 400, 0b1000)],
    )
    expect(found).toEqual([
      {
        id: 'c/shop/Deployment/web|c/shop/Deployment/api|80|tcp',
        from: { type: 'workload', workload: 1 },
        to: { type: 'workload', workload: 0 },
        protocol: 'TCP',
        port: 80,
        allowed: 90,
        denied: 5,
        evidence: { count: 95, first: 50, last: 400, days: 4 },
        lastAllowed: 300,
        lastDenied: 400,
        witness: 'hubble',
      },
    ])
  })

  it('count connections where a source tells them, and what audit mode let pass as passed', () => {
    const rows = [
      row({ flows: 90, connections: 3 }, { source: 'goldmane' }),
      row({ flows: 7 }, { source: 'goldmane', verdict: 'audited' }),
    ]
    const [found] = build([edge(rows)], [seen(1, 'audited', 1, 2, 1)])
    expect(found).toMatchObject({ allowed: 3, denied: 0, lastAllowed: 2, witness: 'goldmane' })
  })

  it('have not passed where the callee’s side stopped what the caller’s side let go', () => {
    const rows = [
      row({ flows: 8, connections: 8 }, { source: 'goldmane', reporter: 'source' }),
      row({ flows: 8 }, { source: 'goldmane', verdict: 'denied' }),
    ]
    const [found] = build([edge(rows)], [seen(1, 'allowed', 1, 2, 1), seen(1, 'denied', 1, 2, 1)])
    expect(found).toMatchObject({ allowed: 0, denied: 8, lastAllowed: null, lastDenied: 2 })
  })

  it('passed last when the reporter furthest on the way saw them pass', () => {
    const rows = [
      row({ flows: 9 }, { reporter: 'source' }),
      row({ flows: 4 }),
      row({ flows: 5 }, { verdict: 'denied' }),
    ]
    const sightings = [
      seen(1, 'allowed', 1, 90, 1, 'source'),
      seen(1, 'allowed', 1, 40, 1),
      seen(1, 'denied', 50, 90, 1),
    ]
    const [found] = build([edge(rows)], sightings)
    expect(found).toMatchObject({ allowed: 4, denied: 5, lastAllowed: 40, lastDenied: 90 })
  })

  it('do not say that something passed where no source tells verdicts', () => {
    const spans = row({ requests: 12 }, { source: 'otlp', verdict: 'unknown' })
    const [found] = build([edge([spans])], [seen(1, 'unknown', 1, 2, 1)])
    expect(found).toMatchObject({ allowed: null, denied: null, lastAllowed: null, evidence: { count: 12 } })
  })

  it('carry the policies that sources named, but not across a scope', () => {
    const by = (name: string) => [{ kind: 'NetworkPolicy', namespace: 'shop', name }]
    const hits = [
      namedHit(1, facet(), { ingress_allowed_by: by('let-in') }),
      namedHit(2, facet(), { ingress_allowed_by: by('let-in-too'), egress_allowed_by: by('gone') }),
      namedHit(1, facet({ verdict: 'denied' }), { ingress_denied_by: by('gone') }),
      namedHit(1, facet({ source: 'otlp' }), { ingress_allowed_by: by('never') }),
    ].flatMap((hit) => hit ?? [])
    const sightings = [seen(1, 'allowed', 1, 1, 1)]
    const [found] = build([edge([row({ flows: 1 })])], sightings, hits)
    expect(found?.named).toEqual([
      { verdict: 'allowed', witness: 'hubble', policies: ['key let-in', 'key let-in-too'] },
    ])
    const [crossing] = build([edge([row({ flows: 1 })], { to: outside })], sightings, hits)
    expect(crossing?.named).toBeUndefined()
  })

  it.each([
    ['of other clusters', { from: end('web', 'd'), to: end('api', 'd') }],
    ['of protocols without ports', { protocol: 'icmp' as const }],
  ])('%s are left out', (_, more) => {
    expect(build([edge([row({ flows: 1 })], more)], [seen(1, 'allowed', 1, 1, 1)])).toEqual([])
  })
})
