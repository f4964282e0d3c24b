import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketUpperMs, latencyBucket } from './latency-buckets'
import { percentile, percentilesOf } from './percentiles'
import {
  addInterval,
  addLatency,
  compactSketch,
  type Counts,
  countOf,
  emptySketch,
  encodeSketch,
  mergeSketch,
  type Sketch,
} from './sketch'

/** Half a bucket, geometrically, and what floating point adds at its bounds. */
const maxError = 2 ** (1 / 16) - 1 + 1e-6

const sketchOf = (latencies: readonly number[]): Sketch => {
  const counts: Counts = new Map()
  for (const ms of latencies) addLatency(counts, ms)
  return encodeSketch(counts)
}
const decoded = (sketch: Sketch): Counts => {
  const counts: Counts = new Map()
  expect(mergeSketch(counts, sketch)).toBe(true)
  return counts
}
const concat = (...sketches: readonly Sketch[]): Sketch => Uint8Array.from(sketches.flatMap((sketch) => [...sketch]))

const latency = fc.double({ min: 0.0011, max: 3_600_000, noNaN: true })
const latencies = fc.array(latency, { maxLength: 60 })
const counts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 2 ** 40 })))
  .map((pairs): Counts => new Map(pairs))

describe('sketch', () => {
  test.each([
    [0, 0],
    [-5, 0],
    [Number.NaN, 0],
    [0.001, 0],
    [0.002, 7],
    [0.0021, 8],
    [1, 79],
    [Number.POSITIVE_INFINITY, 255],
  ])('%d ms is in bucket %i', (ms, bucket) => {
    expect(latencyBucket(ms)).toBe(bucket)
  })
  test('a latency lies in its bucket', () => {
    fc.assert(
      fc.property(latency, (ms) => {
        const bucket = latencyBucket(ms)
        expect(ms).toBeLessThanOrEqual(bucketUpperMs(bucket) * (1 + 1e-9))
        expect(ms).toBeGreaterThan(bucketUpperMs(bucket - 1) * (1 - 1e-9))
      }),
    )
  })
  test('a percentile is off by less than half a bucket', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 60 }), fc.constantFrom(0.5, 0.95, 0.99, 1), (all, q) => {
        const exact = [...all].sort((a, b) => a - b)[Math.ceil(q * all.length) - 1] ?? 0
        const shown = percentile(decoded(sketchOf(all)), q) ?? 0
        expect(Math.max(shown / exact, exact / shown) - 1).toBeLessThanOrEqual(maxError)
      }),
    )
  })
  test('counts of any size survive', () => {
    fc.assert(fc.property(counts, (counts) => void expect(decoded(encodeSketch(counts))).toEqual(counts)))
  })
  test('concatenation is merge', () => {
    fc.assert(
      fc.property(latencies, latencies, (a, b) => {
        const together = decoded(concat(sketchOf(a), sketchOf(b)))
        expect(together).toEqual(decoded(sketchOf([...a, ...b])))
        expect(countOf(together)).toBe(a.length + b.length)
      }),
    )
  })
  test('compacting keeps the counts and never grows', () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 5 }), (groups) => {
        const sketch = concat(...groups.map(sketchOf))
        expect(decoded(compactSketch(sketch))).toEqual(decoded(sketch))
        expect(compactSketch(sketch).length).toBeLessThanOrEqual(sketch.length)
      }),
    )
  })
  test('percentiles of many sketches are those of all their latencies', () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 5 }), (groups) => {
        const all = decoded(sketchOf(groups.flat()))
        const qs = [0.5, 0.95, 0.99]
        expect(percentilesOf(groups.map(sketchOf), qs)).toEqual(qs.map((q) => percentile(all, q)))
      }),
    )
  })
  test('bounds that a source chose are kept, whatever they are', () => {
    // Few, since a process keeps only so many.
    const bound = fc.constantFrom(0, 1, 127, 128, 999, 16_383, 16_384, 1e6, 2_097_152, 2 ** 31, 2 ** 32, 4e9)
    const interval = fc.tuple(bound, fc.oneof(bound, fc.constant(Number.POSITIVE_INFINITY))).filter(([a, b]) => a < b)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(interval, fc.integer({ min: 1, max: 1e6 })), { maxLength: 20 }),
        latencies,
        (own, ms) => {
          const counts: Counts = new Map()
          for (const [[low, high], n] of own) addInterval(counts, low / 1000, high / 1000, n)
          for (const one of ms) addLatency(counts, one)
          expect(decoded(encodeSketch(counts))).toEqual(counts)
          expect(decoded(compactSketch(concat(encodeSketch(counts), encodeSketch(counts))))).toEqual(
            new Map([...counts].map(([bucket, n]) => [bucket, 2 * n])),
          )
        },
      ),
      { numRuns: 50 },
    )
  })
  test.each([
    ['even within its interval', [[0, 10, 10]], 0.5, 5],
    [
      'beyond the last bound only at least that bound',
      [
        [0, 10, 1],
        [1000, Number.POSITIVE_INFINITY, 99],
      ],
      0.5,
      1000,
    ],
    [
      'in the second interval',
      [
        [0, 5, 90],
        [5, 10, 10],
      ],
      0.95,
      7.5,
    ],
    [
      'over intervals that overlap',
      [
        [0, 10, 10],
        [5, 15, 10],
      ],
      0.5,
      7.5,
    ],
  ] as const)('a percentile of chosen bounds lies %s', (_, intervals, q, ms) => {
    const counts: Counts = new Map()
    for (const [low, high, n] of intervals) addInterval(counts, low, high, n)
    expect(percentile(counts, q)).toBeCloseTo(ms, 6)
    expect(percentilesOf([encodeSketch(counts)], [q])[0]).toBeCloseTo(ms, 6)
  })
  test('exponential buckets and chosen bounds give one percentile together', () => {
    const counts: Counts = new Map()
    addInterval(counts, 0, 1, 50)
    addLatency(counts, 100, 50)
    expect(percentile(counts, 0.25)).toBeCloseTo(0.5, 6)
    expect(percentile(counts, 0.75)).toBeGreaterThan(91)
  })
  test('nothing has no percentile', () => {
    expect(percentile(new Map(), 0.5)).toBeNull()
    expect(percentilesOf([emptySketch], [0.5])).toEqual([null])
  })
  test('bytes that are no sketch add nothing', () => {
    const good = sketchOf([1, 2, 3])
    for (const bad of [concat(good, Uint8Array.of(9)), good.slice(0, -1), Uint8Array.of(1, 2, 5)]) {
      const counts: Counts = new Map()
      expect(mergeSketch(counts, bad)).toBe(false)
      expect(counts.size).toBe(0)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void mergeSketch(new Map(), bytes)))
  })
  test('a bucket beyond the last counts as the last', () => {
    expect(decoded(Uint8Array.of(1, 1, 0xff, 0x7f, 3))).toEqual(new Map([[255, 3]]))
  })
})
