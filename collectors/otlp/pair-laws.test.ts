import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RequestObservation } from '@/core/observation'
import { createPairs } from './pair'
import { lineOf, requestsOf, spansOf } from './test-spans'
import type { TestSpan } from './test-encode'

const services = ['a', 'b', 'c']

/** Traces at random: every span has a kind, a service and perhaps a parent, which need not exist, and links. */
const traces = fc.array(
  fc.record({
    service: fc.constantFrom(...services),
    kind: fc.integer({ min: 0, max: 5 }),
    parent: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }),
    links: fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 3 }),
    ms: fc.integer({ min: 1, max: 100 }),
    failed: fc.boolean(),
    address: fc.option(fc.constantFrom('x.example.com', 'c.shop.svc'), { nil: undefined }),
    database: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
)

const toSpans = (trace: typeof traces extends fc.Arbitrary<infer T> ? T : never) =>
  trace.flatMap(({ service, kind, parent, links, ms, failed, address, database }, i) => {
    const span: TestSpan = {
      id: i + 1,
      kind,
      ...(parent !== undefined && parent !== i + 1 && { parent }),
      links: links.filter((link) => link !== i + 1),
      ms,
      failed,
      attributes: {
        ...(address && { 'server.address': address }),
        // Of nested database clients whichever comes first is the call, so they are left out here.
        ...(database && kind === 3 && parent === undefined && { 'db.system': 'redis' }),
      },
    }
    return spansOf([{ 'service.name': service }, span])
  })

/** What a set of observations adds up to: by edge, reporter and outcome, with latencies and keys. */
const totals = (observations: readonly RequestObservation[]): string[] =>
  observations.map((o) => `${lineOf(o)} ${o.serverErrors} ${o.verdict} ${String(o.latency)} ${o.key}`).sort()

it('the totals are the same in whatever order, how often and in whichever batches spans arrive', () => {
  fc.assert(
    fc.property(traces, fc.infiniteStream(fc.nat()), fc.array(fc.nat(), { maxLength: 10 }), (trace, lots, again) => {
      const spans = toSpans(trace)
      const straight = createPairs('c1')
      for (const span of spans) straight.add(span, 0)
      straight.release()

      const order = [...spans, ...again.flatMap((n) => spans[n % spans.length] ?? [])]
        .map((span) => ({ span, lot: lots.next().value as number }))
        .sort((x, y) => x.lot - y.lot)
      const shuffled = createPairs('c1')
      const observations: RequestObservation[] = []
      for (const [i, { span, lot }] of order.entries()) {
        shuffled.add(span, i)
        shuffled.expire(i)
        if (lot % 3 === 0) observations.push(...requestsOf(shuffled))
      }
      shuffled.release()
      observations.push(...requestsOf(shuffled))

      expect(totals(observations)).toEqual(totals(requestsOf(straight)))
      expect(new Set(observations.map((o) => o.key)).size).toBe(observations.length)
      expect(shuffled.held).toBe(0)
    }),
    { numRuns: 1_000, seed: 7 },
  )
})
