import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketsOf, coverWindow } from './cover'
import { floorTo, type Tier, tierMs, tiers } from '../time'

const now = Date.UTC(2026, 4, 20, 13, 37, 42)
const day = 86_400_000
const hour = 3_600_000
const steady = (at: number) => ({
  rolledUpTo: Object.fromEntries(tiers.slice(1).map((tier) => [tier, floorTo(at - 20_000, tierMs[tier])])),
  keptFrom: { '10s': at - 2 * hour, '1m': at - 48 * hour, '5m': at - 14 * day, '15m': at - 14 * day },
})

const anyTime = fc.integer({ min: now - 400 * day, max: now + day })
const partial = fc.record(Object.fromEntries(tiers.map((tier) => [tier, anyTime])), { requiredKeys: [] })

test('segments adjoin, lie on their tier, and make up the window', () => {
  fc.assert(
    fc.property(
      anyTime,
      fc.integer({ min: 1, max: 40 * day }),
      partial,
      partial,
      fc.constantFrom(undefined, 60_000, hour, 3 * hour, 7 * day),
      (from, length, rolledUpTo, keptFrom, stepMs) => {
        const { window, segments } = coverWindow({ from, to: from + length }, { rolledUpTo, keptFrom, stepMs })
        let at = window.from
        for (const segment of segments) {
          expect(segment.from).toBe(at)
          expect(segment.to).toBeGreaterThan(segment.from)
          expect(segment.from % tierMs[segment.tier]).toBe(0)
          expect(segment.to % tierMs[segment.tier]).toBe(0)
          if (segment.tier !== '10s') expect(segment.to).toBeLessThanOrEqual(rolledUpTo[segment.tier] ?? 0)
          if (stepMs) expect(stepMs % tierMs[segment.tier]).toBe(0)
          at = segment.to
        }
        expect(at).toBe(window.to)
      },
    ),
  )
})

test('the window moves by at most a twentieth at its start and by less than 10 s at its end, or by what is still kept', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 30 * day }), fc.integer({ min: 0, max: day }), (length, shift) => {
      const to = now - shift
      const { window } = coverWindow({ from: to - length, to }, { rolledUpTo: steady(now).rolledUpTo, keptFrom: {} })
      expect(to - length - window.from).toBeGreaterThanOrEqual(0)
      expect(to - length - window.from).toBeLessThan(Math.max(10_000, length / 20 + 1))
      expect(Math.abs(window.to - to)).toBeLessThan(10_000)
    }),
  )
})

test('no window up to 30 days that ends now takes more than 35 buckets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 30 * day }), fc.integer({ min: 0, max: 30 * day }), (length, shift) => {
      const at = now + shift
      const cover = coverWindow({ from: at - length, to: at }, steady(at))
      expect(bucketsOf(cover)).toBeLessThanOrEqual(35)
    }),
  )
})

describe('what a finer tier no longer has is answered by a coarser one', () => {
  test.each<[string, number, Tier]>([
    ['a day old', day, '1m'],
    ['a week old', 7 * day, '5m'],
    ['a month old', 30 * day, '1h'],
  ])('%s', (_, age, tier) => {
    const { window, segments } = coverWindow({ from: now - age, to: now - age + 90_000 }, steady(now))
    expect(window.from % tierMs[tier]).toBe(0)
    expect(segments.map((segment) => segment.tier)).toEqual([tier])
  })
})
