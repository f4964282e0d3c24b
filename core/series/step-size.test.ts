import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepSize } from './step-size'
import { tierMs } from '../time'

describe('stepSize', () => {
  it.each([
    ['5m', 300_000, 120, 10_000],
    ['1h', 3_600_000, 120, 60_000],
    ['24h', 86_400_000, 120, 1_800_000],
    ['30d', 2_592_000_000, 120, 21_600_000],
    ['15m as a small chart', 900_000, 30, 60_000],
  ])('of %s', (_, length, max, expected) => {
    expect(stepSize({ from: 0, to: length }, { maxSteps: max })).toBe(expected)
  })

  it.each([
    ['15m of few edges', 900_000, 3_000, 10_000],
    ['15m of many', 900_000, 30, 60_000],
    ['1h of many', 3_600_000, 30, 300_000],
    ['24h of many', 86_400_000, 30, 3_600_000],
    ['30d of many', 2_592_000_000, 30, 86_400_000],
  ])('reads no more buckets than allowed, in %s', (_, length, maxBuckets, expected) => {
    expect(stepSize({ from: 0, to: length }, { maxSteps: 180, maxBuckets })).toBe(expected)
  })

  it.each([
    ['5m of which minutes are left', 300_000, '1m', 60_000],
    ['1h of which five minutes are left', 3_600_000, '5m', 300_000],
    ['1h of which a quarter of an hour is left', 3_600_000, '15m', 1_800_000],
    ['5m of which hours are left', 300_000, '1h', 3_600_000],
  ] as const)('is never finer than the buckets that are kept, in %s', (_, length, tier, expected) => {
    expect(stepSize({ from: 0, to: length }, { maxSteps: 120, keptMs: tierMs[tier] })).toBe(expected)
  })

  it('never makes more steps than asked for, and steps are whole buckets of some tier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 * 86_400_000 }),
        fc.integer({ min: 1, max: 500 }),
        (length, maxSteps) => {
          const size = stepSize({ from: 0, to: length }, { maxSteps })
          expect(length / size).toBeLessThanOrEqual(maxSteps)
          expect(size % tierMs['10s']).toBe(0)
          if (size > tierMs['1h']) expect(size % tierMs['1h']).toBe(0)
        },
      ),
    )
  })
})
