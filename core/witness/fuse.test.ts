import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuse } from './fuse'
import { figuresOf } from '../figures/tally'
import { reporters, type Reporter, type Verdict, verdicts } from '../verdict'
import { witnessNames } from './witness'
import type { EdgeRow } from '../world'
import { flows, http, row } from '../world-fixture'

const told = (rows: readonly EdgeRow[]) => {
  const fused = fuse(rows)
  return { ...fused, witnesses: witnessNames(rows, fused.witness) }
}
const at = (reporter: Reporter, counts: Partial<Record<Verdict, number>>): EdgeRow[] =>
  Object.entries(counts).map(([verdict, n]) =>
    flows(n, { reporter, verdict: verdicts.find((v) => v === verdict) ?? 'unknown' }),
  )

describe('flows and verdicts', () => {
  test.each<[string, EdgeRow[], Partial<Record<Verdict, number>>]>([
    ['one reporter', at('source', { allowed: 7, denied: 2 }), { allowed: 7, denied: 2 }],
    [
      'allowed seen at both ends',
      [...at('source', { allowed: 100 }), ...at('destination', { allowed: 100 })],
      { allowed: 100 },
    ],
    [
      'denied where it started',
      [...at('source', { allowed: 100, denied: 5 }), ...at('destination', { allowed: 100 })],
      { allowed: 100, denied: 5 },
    ],
    [
      'denied where it arrived',
      [...at('source', { allowed: 105 }), ...at('destination', { allowed: 100, denied: 5 })],
      { allowed: 100, denied: 5 },
    ],
    [
      'all denied where they arrived',
      [...at('source', { allowed: 5 }), ...at('destination', { denied: 5 })],
      { denied: 5 },
    ],
    [
      'denied, and both say so',
      [...at('source', { denied: 5, allowed: 9 }), ...at('destination', { denied: 5, allowed: 9 })],
      { allowed: 9, denied: 5 },
    ],
    [
      'a destination that sees a part only',
      [...at('source', { allowed: 100 }), ...at('destination', { allowed: 40 })],
      { allowed: 100 },
    ],
    [
      'denied at a waypoint',
      [
        ...at('source', { allowed: 10 }),
        ...at('waypoint', { allowed: 6, denied: 4 }),
        ...at('destination', { allowed: 6 }),
      ],
      { allowed: 6, denied: 4 },
    ],
    [
      'audited at its start and let pass',
      [...at('source', { allowed: 10, audited: 3 }), ...at('destination', { allowed: 13 })],
      { allowed: 10, audited: 3 },
    ],
    [
      'failed further on',
      [...at('source', { allowed: 10 }), ...at('destination', { allowed: 8, error: 2 })],
      { allowed: 8, error: 2 },
    ],
    [
      'one side does not know the verdict',
      [...at('source', { unknown: 10 }), ...at('destination', { allowed: 10 })],
      { allowed: 10 },
    ],
  ])('%s', (_what, rows, expected) => {
    const { tally } = told(rows)
    expect(tally.verdicts).toEqual(expected)
    expect(tally.flows).toBe(Object.values(expected).reduce((a, b) => a + b, 0))
  })
  test('requests stand in for a verdict that no flow has', () => {
    const { tally } = told([flows(50), http(4, 0, null, { verdict: 'denied' })])
    expect(tally.verdicts).toEqual({ allowed: 50, denied: 4 })
    expect(tally.flows).toBe(50)
  })
  test('nobody who counts flows: flows are unknown', () => {
    expect(told([http(4)]).tally.flows).toBeNull()
    expect(figuresOf(told([http(4)]).tally, 10)).toMatchObject({ flowRate: null, requestRate: 0.4 })
  })
})

describe('requests, errors and latency', () => {
  test('the destination speaks before the source, and nobody is added', () => {
    const { tally, witnesses } = told([
      http(90, 9, 50, { reporter: 'source' }),
      http(80, 4, 10, { reporter: 'destination' }),
      http(85, 5, 20, { reporter: 'waypoint' }),
    ])
    expect(tally).toMatchObject({ requests: 80, responses: 80, serverErrors: 4 })
    expect(figuresOf(tally, 1).p50).toBeCloseTo(10, 0)
    expect(witnesses).toEqual(['hubble/destination', 'hubble/source', 'hubble/waypoint'])
  })
  test('errors and latency come with the responses that are shown, never from two witnesses', () => {
    const { tally } = told([
      http(90, 9, 50, { reporter: 'source' }),
      row({ reporter: 'destination', l7: 'http' }, { requests: 80, responses: 0, clientErrors: 0, serverErrors: 0 }),
    ])
    expect(tally).toMatchObject({ requests: 80, responses: 90, serverErrors: 9 })
    expect(tally.latency).toHaveLength(1)
  })
  test('rows of one witness are added: they count different traffic', () => {
    expect(told([http(10, 1), http(5, 0, null, { verdict: 'denied' })]).tally).toMatchObject({
      requests: 15,
      serverErrors: 1,
    })
  })
  test('a source in the table comes before one that is not, whoever counted more', () => {
    const { tally, witnesses } = told([
      http(500, 0, null, { source: 'other' }),
      http(3, 0, null, { reporter: 'source' }),
    ])
    expect(tally.requests).toBe(3)
    expect(witnesses).toEqual(['hubble/source', 'other/destination'])
  })
  test('what nobody knows stays unknown', () => {
    expect(figuresOf(told([flows(3)]).tally, 10)).toMatchObject({
      flowRate: 0.3,
      requestRate: null,
      requests: null,
      responses: null,
      errorRatio: null,
      p95: null,
    })
    expect(figuresOf(told([row({ l7: 'dns' }, { requests: 3, responses: 3 })]).tally, 10).errorRatio).toBeNull()
  })
  test('no covered time: no rate, and not zero', () => {
    expect(figuresOf(told([flows(3), http(4)]).tally, 0)).toMatchObject({
      flowRate: null,
      requestRate: null,
      requests: 4,
    })
  })
  test('names the application protocol of most requests', () => {
    expect(told([http(3), http(9, 0, null, { l7: 'grpc' })]).l7).toBe('grpc')
    expect(told([flows(3)]).l7).toBe('none')
  })
})

const count = fc.nat(50)
const anyRow = fc
  .record({
    reporter: fc.constantFrom(...reporters),
    verdict: fc.constantFrom(...verdicts),
    source: fc.constantFrom('hubble', 'hubble@b', 'other'),
    n: count,
    errors: count,
    request: fc.boolean(),
  })
  .map(({ n, errors, request, ...parts }) => (request ? http(n, Math.min(n, errors), 10, parts) : flows(n, parts)))

describe('laws', () => {
  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        fc.array(anyRow, { minLength: 6, maxLength: 6 }),
        (order, rows) => {
          const shuffled = order.flatMap((at) => rows[at] ?? [])
          const [a, b] = [told(rows), told(shuffled)]
          expect(figuresOf(b.tally, 1)).toEqual(figuresOf(a.tally, 1))
          expect([b.l7, b.witnesses]).toEqual([a.l7, a.witnesses])
        },
      ),
    )
  })
  test('a second reporter that saw the same changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...reporters),
        fc.constantFrom(...reporters),
        (rows, one, other) => {
          const seenBy = (reporter: Reporter) =>
            rows.map((r) => ({ ...r, facet: { ...r.facet, source: 'hubble', reporter } }))
          const alone = figuresOf(told(seenBy(one)).tally, 1)
          const both = one === other ? seenBy(one) : [...seenBy(one), ...seenBy(other)]
          expect(figuresOf(told(both).tally, 1)).toEqual(alone)
        },
      ),
    )
  })
  test('no figure is larger than what one witness saw', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
        const most = (of: (row: EdgeRow) => number | null) => {
          const sums = new Map<string, number>()
          for (const r of rows) {
            const key = `${r.facet.source}/${r.facet.reporter}`
            sums.set(key, (sums.get(key) ?? 0) + (of(r) ?? 0))
          }
          return Math.max(0, ...sums.values())
        }
        const { tally } = told(rows)
        expect(tally.requests ?? 0).toBeLessThanOrEqual(most((r) => r.requests))
        expect(tally.serverErrors ?? 0).toBeLessThanOrEqual(most((r) => r.serverErrors))
        for (const verdict of verdicts) {
          const seen = Math.max(
            most((r) => (r.facet.verdict === verdict ? r.flows : 0)),
            most((r) => (r.facet.verdict === verdict ? r.requests : 0)),
          )
          expect(tally.verdicts[verdict] ?? 0).toBeLessThanOrEqual(seen)
        }
      }),
    )
  })
})
