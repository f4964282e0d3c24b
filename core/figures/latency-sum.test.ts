import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latencySum } from './latency-sum'
import { addInterval, addLatency, type Counts, encodeSketch } from './sketch'
import { sketchOf } from '../world-fixture'

describe('the sum of latencies', () => {
  it.each([
    ['nothing', null],
    ['no sketch', []],
  ])('of %s is unknown', (_, sketches) => expect(latencySum(sketches)).toBeNull())

  it('counts an interval as its middle, and one without an end as its start', () => {
    const counts: Counts = new Map()
    addInterval(counts, 10, 30, 2)
    addInterval(counts, 100, Infinity, 1)
    expect(latencySum([encodeSketch(counts)])).toEqual({ count: 3, ms: 140 })
  })

  it('adds over sketches, and is within 4.5 % of the truth', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 100_000, noNaN: true }), { minLength: 1 }), (latencies) => {
        const { count = 0, ms = 0 } = latencySum(latencies.map((value) => sketchOf(value))) ?? {}
        const truth = latencies.reduce((sum, value) => sum + value, 0)
        expect(count).toBe(latencies.length)
        expect(Math.abs(ms - truth)).toBeLessThanOrEqual(truth * 0.045)
      }),
    )
  })

  it('is the same for one sketch of all', () => {
    const counts: Counts = new Map()
    for (const value of [3, 50, 800]) addLatency(counts, value)
    expect(latencySum([encodeSketch(counts)])?.ms).toBeCloseTo(
      latencySum([sketchOf(3), sketchOf(50), sketchOf(800)])?.ms ?? 0,
    )
  })
})
