import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findBlame } from './blame'
import { calleeShares } from './blame-shares'
import { blameSentence } from './blame-words'
import { endpointKey, type Endpoint } from '../endpoint'
import { outside } from '../redact'
import { indexTraffic } from '../witness/traffic'
import type { EdgeRow, WorldEdge } from '../world'
import { edge, external, flows, http, item, workload, world } from '../world-fixture'

const [bff, checkout, payments, cart] = [workload('bff'), workload('checkout'), workload('payments'), workload('cart')]
const card = external('api.cardnet.example')
const caller = (to: Endpoint, ...rows: EdgeRow[]) => edge(workload('caller'), to, rows)

const blame = (edges: readonly WorldEdge[], start: Endpoint, ailment: 'errors' | 'latency' = 'errors') => {
  const found = findBlame(indexTraffic(world(edges)), endpointKey(start), ailment)
  return { ...found, hops: found.hops.map(({ call, share }) => [call.edge.to.name, Math.round(share * 1000) / 1000]) }
}
const say = (edges: readonly WorldEdge[], start: Endpoint, ailment: 'errors' | 'latency' = 'errors') =>
  blameSentence(findBlame(indexTraffic(world(edges)), endpointKey(start), ailment))

const incident = [
  edge(bff, checkout, [http(1000, 60, 300)]),
  edge(checkout, payments, [http(1000, 60, 290)]),
  edge(checkout, cart, [http(1000, 0, 5)]),
  edge(payments, card, [http(1000, 59, 280, { reporter: 'source' })]),
]

describe('findBlame', () => {
  test('follows errors to where they begin, several hops on', () => {
    expect(blame(incident, checkout)).toEqual({
      ailment: 'errors',
      hops: [
        ['payments', 1],
        ['api.cardnet.example', 0.983],
      ],
      end: 'outside',
      exact: true,
    })
    expect(say(incident, checkout)).toBe('98 % of these errors begin two hops on: payments → api.cardnet.example.')
    expect(say(incident, payments)).toBe('98 % of these errors begin one hop on: payments → api.cardnet.example.')
  })
  test('follows time to where it is spent', () => {
    expect(blame(incident, payments, 'latency')).toMatchObject({ end: 'outside' })
    expect(blame(incident, payments, 'latency').hops).toEqual([['api.cardnet.example', expect.closeTo(0.95, 1)]])
    expect(say(incident, payments, 'latency')).toMatch(
      /^9\d % of this time is spent one hop on: payments → api.cardnet.example\.$/,
    )
  })
  test.each<[string, readonly WorldEdge[], unknown]>([
    [
      'callees that answer well',
      [caller(payments, http(100, 10)), edge(payments, cart, [http(100)])],
      { hops: [], end: 'here' },
    ],
    ['no callees', [caller(payments, http(100, 10))], { hops: [], end: 'here' }],
    [
      'callees whose responses nobody sees',
      [caller(payments, http(100, 10)), edge(payments, cart, [flows(100)])],
      { hops: [], end: 'blind' },
    ],
    [
      'a callee of several that fail a little each',
      [
        caller(payments, http(100, 12)),
        ...['a', 'b', 'c'].map((name) => edge(payments, workload(name), [http(100, 4)])),
      ],
      { hops: [], end: 'spread' },
    ],
    [
      'a callee that the viewer may not see, though it calls back',
      [caller(payments, http(100, 50)), edge(payments, outside, [http(100, 80)]), edge(outside, cart, [http(100, 80)])],
      { hops: [['outside your scope', 1]], end: 'hidden' },
    ],
    [
      'calls in a circle',
      [caller(payments, http(100, 50)), edge(payments, cart, [http(100, 80)]), edge(cart, payments, [http(100, 80)])],
      { hops: [['cart', expect.any(Number)]], end: 'cycle' },
    ],
    [
      'a call that policy refuses',
      [caller(payments, http(100, 10)), edge(payments, cart, [flows(10, { verdict: 'denied' })])],
      { hops: [['cart', 1]], exact: false },
    ],
    [
      'retries: more errors of the callee than its own',
      [caller(payments, http(100, 10)), edge(payments, cart, [http(300, 30)])],
      { hops: [['cart', 1]] },
    ],
    [
      'spans beside metrics: by the share of failed calls, and as an estimate',
      [caller(payments, http(1000, 100)), edge(payments, cart, [http(10, 1, null, { source: 'otlp' })])],
      { hops: [['cart', 1]], exact: false },
    ],
  ])('%s', (_what, edges, expected) => {
    expect(blame(edges, payments)).toMatchObject(expected as object)
  })
  test('goes on from a Service to the workloads behind it', () => {
    const service = { ...payments, kind: 'Service' }
    const edges = [caller(service, http(100, 10)), edge(payments, card, [http(100, 10, null, { reporter: 'source' })])]
    const traffic = indexTraffic(world(edges, { inventory: [item(payments, ['payments']), item(cart, ['payments'])] }))
    expect(findBlame(traffic, endpointKey(service), 'errors').hops).toHaveLength(1)
  })
  test('a source that lost events does not clear a callee by its low counts', () => {
    const edges = [
      caller(payments, http(1000, 60, null, { source: 'prometheus:istio' })),
      edge(payments, card, [http(200, 12, null, { reporter: 'source' })]),
    ]
    const gaps = [
      { source: 'hubble', cluster: 'east', from: 0, to: 9_000, cause: 'lost_events' as const, lost: 9, part: 'n1' },
    ]
    const whole = findBlame(indexTraffic(world(edges)), endpointKey(payments), 'errors')
    const lossy = findBlame(indexTraffic(world(edges, { gaps })), endpointKey(payments), 'errors')
    expect([whole.hops.length, whole.end]).toEqual([0, 'here'])
    expect([lossy.hops.length, lossy.exact]).toEqual([1, false])
  })
  test('says when it is an estimate', () => {
    const edges = [caller(payments, http(1000, 100)), edge(payments, cart, [http(10, 1, null, { source: 'otlp' })])]
    expect(say(edges, payments)).toMatch(/^About 100 % of these errors/)
  })
})

const names = ['a', 'b', 'c', 'd'].map((name) => workload(name))
const anyEdge = fc
  .record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    requests: fc.integer({ min: 0, max: 50 }),
    failed: fc.double({ min: 0, max: 1, noNaN: true }),
    ms: fc.option(fc.integer({ min: 1, max: 5000 })),
    source: fc.constantFrom('hubble', 'otlp', 'prometheus:istio'),
  })
  .map(({ from, to, requests, failed, ms, source }) =>
    edge(from, to, [http(requests, Math.round(requests * failed), requests > 0 ? ms : null, { source })]),
  )

describe('laws', () => {
  test('shares are of 0 to 1, of all callees together at most 1', () => {
    fc.assert(
      fc.property(fc.array(anyEdge, { maxLength: 10 }), (edges) => {
        const traffic = indexTraffic(world(edges))
        for (const endpoint of names) {
          const shares = calleeShares(traffic, endpointKey(endpoint))
          for (const figure of ['errors', 'latency'] as const) {
            const known = shares.map((share) => share[figure]).filter((share) => share !== null)
            expect(known.every((share) => share >= 0 && share <= 1)).toBe(true)
            expect(known.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9)
          }
        }
      }),
    )
  })
  test('the way ends, meets nobody twice, and its shares never grow', () => {
    fc.assert(
      fc.property(fc.array(anyEdge, { maxLength: 12 }), fc.constantFrom('errors', 'latency'), (edges, ailment) => {
        for (const endpoint of names) {
          const { hops } = findBlame(indexTraffic(world(edges)), endpointKey(endpoint), ailment)
          const met = [endpointKey(endpoint), ...hops.map(({ call }) => call.toKey)]
          expect(new Set(met).size).toBe(met.length)
          expect(hops.every(({ share }, at) => share <= (hops[at - 1]?.share ?? 1) && share >= 0)).toBe(true)
        }
      }),
    )
  })
})
