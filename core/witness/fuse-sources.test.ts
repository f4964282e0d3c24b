import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { families, type Family, views } from '../figures/family'
import { fuse as fuseAlone, tell } from './fuse'
import { addTally, emptyTally, figuresOf } from '../figures/tally'
import { reporters, type Reporter } from '../verdict'
import { witnessName } from './witness'
import type { EdgeCover, EdgeRow } from '../world'
import { flows, http, row } from '../world-fixture'

const fuse = (...question: Parameters<typeof fuseAlone>) => ({ ...fuseAlone(...question), ...tell(...question) })

const label: Readonly<Record<Family, string>> = {
  hubble: 'hubble',
  goldmane: 'goldmane',
  felix: 'prometheus:felix',
  obi: 'prometheus:obi',
  istio: 'prometheus:istio',
  linkerd: 'scrape:linkerd',
  als: 'als',
  envoy: 'prometheus:envoy',
  otlp: 'otlp',
  servicegraph: 'prometheus:servicegraph',
}
const by = (family: Family, reporter: Reporter = 'destination') => ({ source: label[family], reporter })
const bytes = (n: number, connections: number, parts = {}) =>
  row(parts, {
    flows: connections,
    connections,
    bytesSent: n,
    bytesReceived: 2 * n,
    connectionSeconds: 10 * connections,
  })
/** The cover of an edge within one cluster. */
const within = (seconds: Readonly<Record<string, number>>): EdgeCover => {
  const cover = new Map(Object.entries(seconds))
  return { from: cover, to: cover }
}
const name = (witness: Parameters<typeof witnessName>[0] | null) => witness && witnessName(witness)

describe('who is believed', () => {
  test.each<[string, EdgeRow[], string]>([
    [
      'a callee’s proxy before everybody',
      [http(9, 0, 1, by('istio')), http(10, 0, 1, by('istio', 'source')), http(10, 0, 1, by('hubble'))],
      'prometheus:istio/destination',
    ],
    [
      'a waypoint before the caller’s proxy',
      [http(9, 0, 1, by('istio', 'waypoint')), http(10, 0, 1, by('istio', 'source'))],
      'prometheus:istio/waypoint',
    ],
    [
      'any proxy before responses that the network saw',
      [http(9, 0, 1, by('linkerd', 'source')), http(10, 0, 1, by('hubble'))],
      'scrape:linkerd/source',
    ],
    [
      'responses that the network saw before spans',
      [http(9, 0, 1, by('hubble', 'source')), http(10, 0, 1, by('otlp'))],
      'hubble/source',
    ],
    [
      'a server’s span before the client’s',
      [http(9, 0, 1, by('otlp', 'source')), http(9, 0, 1, by('otlp'))],
      'otlp/destination',
    ],
    [
      'metrics, which are whole, before access logs',
      [http(9, 0, 1, by('als')), http(9, 0, 1, by('istio'))],
      'prometheus:istio/destination',
    ],
    [
      'spans that Oriel paired before those that a collector did',
      [http(9, 0, 1, by('servicegraph')), http(9, 0, 1, by('otlp'))],
      'otlp/destination',
    ],
    ['spans where nothing else is', [http(9, 0, 1, by('otlp', 'source'))], 'otlp/source'],
    [
      'the caller’s proxy where the callee’s sees but a part',
      [http(30, 0, 1, by('istio')), http(90, 0, 1, by('istio', 'source'))],
      'prometheus:istio/source',
    ],
  ])('%s', (_, rows, expected) => {
    for (const order of [rows, rows.toReversed()]) {
      const { told, witness } = fuse(order)
      expect([name(told.requests), name(told.responses), name(witness)]).toEqual([expected, expected, expected])
    }
  })

  test('each figure has a witness of its own', () => {
    const { told, tally } = fuse([
      flows(500, by('hubble')),
      bytes(1_000, 12, by('istio', 'source')),
      http(100, 3, 20, by('istio')),
      http(40, 1, 20, by('otlp')),
    ])
    expect(Object.fromEntries(Object.entries(told).map(([figure, witness]) => [figure, name(witness)]))).toEqual({
      requests: 'prometheus:istio/destination',
      responses: 'prometheus:istio/destination',
      flows: 'hubble/destination',
      connections: 'prometheus:istio/source',
      bytes: 'prometheus:istio/source',
    })
    expect(figuresOf(tally, 10)).toMatchObject({
      flowRate: 50,
      requestRate: 10,
      connectionRate: 1.2,
      openConnections: 12,
      sentRate: 100,
      receivedRate: 200,
    })
  })

  test('Goldmane knows bytes and connections, and its two reporters are never added', () => {
    const { tally, told } = fuse([bytes(700, 7, by('goldmane')), bytes(710, 7, by('goldmane', 'source'))])
    expect(tally).toMatchObject({
      flows: 7,
      connections: 7,
      connectionSeconds: 70,
      bytesSent: 700,
      bytesReceived: 1_400,
    })
    expect(name(told.bytes)).toBe('goldmane/destination')
  })

  test('what a proxy refused was allowed by the network, and is told once', () => {
    const { tally } = fuse([
      flows(100, by('goldmane')),
      bytes(5, 95, by('istio')),
      row({ ...by('istio'), verdict: 'denied', reason: 'DENY' }, { flows: 5, connections: 5 }),
    ])
    expect(tally.verdicts).toEqual({ allowed: 95, denied: 5 })
    expect([...(tally.denials ?? [])]).toEqual([['DENY', 5]])
  })
})

test('what the network refused and the caller’s proxy answered with an error is denied, once', () => {
  const proxy = by('istio', 'source')
  const { tally } = fuse([
    flows(7, by('hubble')),
    flows(120, { ...by('hubble'), verdict: 'denied', reason: 'POLICY_DENIED' }),
    http(90, 2, 30, proxy),
    http(121, 121, 1, { ...proxy, verdict: 'error', reason: 'UF,URX' }),
  ])
  expect(tally).toMatchObject({ requests: 91, responses: 91, serverErrors: 3 })
  expect(tally.verdicts).toEqual({ allowed: 7, denied: 120, error: 1 })
  const all = fuse([
    flows(121, { ...by('hubble'), verdict: 'denied', reason: 'POLICY_DENIED' }),
    http(90, 2, 30, proxy),
    http(121, 121, 1, { ...proxy, verdict: 'error', reason: 'UF,URX' }),
  ])
  expect(figuresOf(all.tally, 1)).toMatchObject({ requests: 90, serverErrors: 2 })
  expect(figuresOf(all.tally, 1).p50).toBeGreaterThan(20)
})

describe('a source that was away', () => {
  const rows = [http(100, 5, 20, by('istio')), http(600, 30, 20, by('hubble')), flows(600, by('hubble'))]

  test('is passed over for one that saw the whole time, and this is said', () => {
    const { tally, told, passedOver } = fuse(rows, within({ prometheus: 600, hubble: 3_600 }))
    expect(tally.requests).toBe(600)
    expect(name(told.requests)).toBe('hubble/destination')
    expect(passedOver.map(name)).toEqual(['prometheus:istio/destination'])
  })
  test('tells rates of the time that it told of, also in a sum', () => {
    const cover = within({ prometheus: 50, hubble: 52 })
    const { tally } = fuse([http(100, 5, 20, by('istio')), flows(520, by('hubble'))], cover)
    expect(figuresOf(tally, 100)).toMatchObject({ requestRate: 2, flowRate: 10, requests: 100 })
    const sum = emptyTally()
    addTally(sum, tally)
    addTally(sum, fuse([http(52, 0, 20, by('hubble'))], cover).tally)
    expect(figuresOf(sum, 100)).toMatchObject({ requestRate: 3, flowRate: 10, requests: 152 })
    addTally(sum, fuse([http(100, 0, 20, by('hubble'))]).tally)
    expect(figuresOf(sum, 100)).toMatchObject({ requestRate: 2.52, flowRate: 5.2 })
  })
  test('speaks again where it was away for a moment only', () => {
    const { tally, passedOver } = fuse(rows, within({ prometheus: 3_500, hubble: 3_600 }))
    expect(tally.requests).toBe(100)
    expect(passedOver).toEqual([])
  })
  test('speaks where nobody else knows the figure', () => {
    const { tally } = fuse(
      [http(100, 5, 20, by('istio')), flows(600, by('hubble'))],
      within({ prometheus: 10, hubble: 3_600 }),
    )
    expect(tally.requests).toBe(100)
  })
})

const anyFamily = fc.constantFrom(...(Object.keys(families) as Family[]))
const seenBy = (rows: readonly EdgeRow[], family: Family, reporter: Reporter) =>
  rows.map((each) => ({ ...each, facet: { ...each.facet, source: label[family], reporter } }))
const traffic = fc.array(
  fc.oneof(
    fc.tuple(fc.nat(50), fc.nat(50)).map(([n, errors]) => http(n, Math.min(n, errors), 10)),
    fc.tuple(fc.nat(5_000), fc.nat(50)).map(([n, connections]) => bytes(n, connections)),
  ),
  { minLength: 1, maxLength: 5 },
)

describe('laws', () => {
  test('another source or reporter that saw the same changes no figure', () => {
    fc.assert(
      fc.property(
        traffic,
        anyFamily,
        anyFamily,
        fc.constantFrom(...reporters),
        fc.constantFrom(...reporters),
        (rows, one, other, a, b) => {
          fc.pre(one !== other || a !== b)
          const alone = figuresOf(fuse(seenBy(rows, one, a)).tally, 1)
          expect(figuresOf(fuse([...seenBy(rows, one, a), ...seenBy(rows, other, b)]).tally, 1)).toEqual(alone)
        },
      ),
    )
  })
  test('taking a source away leaves what another saw of the same, unchanged', () => {
    fc.assert(
      fc.property(
        traffic,
        fc.uniqueArray(anyFamily, { minLength: 2, maxLength: 4 }),
        fc.nat(3),
        (rows, seers, gone) => {
          const all = seers.flatMap((family) => seenBy(rows, family, 'destination'))
          const left = seers
            .filter((_, at) => at !== gone % seers.length)
            .flatMap((family) => seenBy(rows, family, 'destination'))
          expect(figuresOf(fuse(left).tally, 1)).toEqual(figuresOf(fuse(all).tally, 1))
        },
      ),
    )
  })
  test('no figure is the sum of two witnesses, whoever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyFamily, fc.constantFrom(...reporters), fc.nat(100)), { maxLength: 8 }),
        (seen) => {
          const rows = seen.map(([family, reporter, n]) => http(n, 0, null, by(family, reporter)))
          const sums = new Map<string, number>()
          for (const [family, reporter, n] of seen) {
            const key = `${family}/${reporter}`
            sums.set(key, (sums.get(key) ?? 0) + n)
          }
          const { requests } = fuse(rows).tally
          if (rows.length > 0) expect([...sums.values()]).toContain(requests)
        },
      ),
    )
  })
})

test('every family sees traffic somewhere', () => {
  for (const view of Object.values(families)) expect(views).toContain(view)
})
