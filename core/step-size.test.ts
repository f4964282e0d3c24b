import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepSize } from './step-size'
import { tierMs } from './time'

describe('stepSize', () => {
  it.each([
    ['5m', 300_000, 120, 10_000],
    ['1h', 3_600_000, 120, 60_000],
    ['24h', 86_400_000, 120, 1_800_000],
    ['30d', 2_592_000_000, 120, 21_600_000],
    ['15m as a small chart', 900_000, 30, 60_000],
  ])('of %s', (_, length, max, expected) => {
    expect(stepSize({ from: 0, to: length }, max)).toBe(expected)
  })

  it.each([
    ['15m of few edges', 900_000, 3_000, 10_000],
    ['15m of many', 900_000, 30, 60_000],
    ['1h of many', 3_600_000, 30, 300_000],
    ['24h of many', 86_400_000, 30, 3_600_000],
    ['30d of many', 2_592_000_000, 30, 86_400_000],
  ])('reads no more buckets than allowed, in %s', (_, length, maxBuckets, expected) => {
    expect(stepSize({ from: 0, to: length }, 180, maxBuckets)).toBe(expected)
  })

  it('never makes more steps than asked for, and steps are whole buckets of some tier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 86_400_000 }), fc.integer({ min: 1, max: 500 }), (length, max) => {
        const size = stepSize({ from: 0, to: length }, max)
        expect(length / size).toBeLessThanOrEqual(max)
        expect(size % tierMs['10s']).toBe(0)
        if (size > tierMs['1h']) expect(size % tierMs['1h']).toBe(0)
      }),
    )
  })
})
