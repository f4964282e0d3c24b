import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketsOf, coverWindow } from '../series/cover'
import { sharpEnd } from './sharp-end'
import { type Tier, tierMs, tiers } from '../time'

const day = tierMs['1d']
const noon = 20_000 * day + day / 2
const whole = (at: number): Partial<Record<Tier, number>> =>
  Object.fromEntries(tiers.map((tier) => [tier, Math.floor(at / tierMs[tier]) * tierMs[tier]]))
const coverOf = (to: number, length: number) =>
  coverWindow({ from: to - length, to }, { rolledUpTo: whole(to), keptFrom: {}, stepMs: day })

/** Start of the bucket that holds a moment. */
const bucketOf = (at: number, { segments }: ReturnType<typeof coverOf>) => {
  const segment = segments.find(({ from, to }) => at >= from && at < to)
  return segment ? Math.floor(at / tierMs[segment.tier]) * tierMs[segment.tier] : Number.NaN
}

it('what was seen seconds ago is not as old as an hour or a day, right after they are full', () => {
  for (const to of [noon, noon + tierMs['1h'], noon + day / 2]) {
    const cover = coverOf(to, 14 * day)
    expect(to - bucketOf(to - 5_000, cover)).toBeGreaterThanOrEqual(tierMs['1h'])
    expect(to - bucketOf(to - 5_000, sharpEnd(cover, {}))).toBeLessThanOrEqual(tierMs['1m'])
  }
})

it('the window stays, parts adjoin, and an age is at most twice what it is, and a minute', () => {
  const end = fc.integer({ min: 0, max: day / 10_000 }).map((n) => noon + n * 10_000)
  const length = fc.constantFrom(tierMs['1h'], day, 14 * day, 30 * day)
  fc.assert(
    fc.property(end, length, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (to, ms, share) => {
      const before = coverOf(to, ms)
      const cover = sharpEnd(before, {})
      expect(cover.window).toEqual(before.window)
      const ends = cover.segments.map((segment) => segment.to)
      expect(cover.segments.map(({ from }) => from)).toEqual([before.window.from, ...ends.slice(0, -1)])
      expect(ends.at(-1)).toBe(before.window.to)
      for (const { tier, from, to: until } of cover.segments)
        expect([from % tierMs[tier], until % tierMs[tier]]).toEqual([0, 0])
      expect(bucketsOf(cover)).toBeLessThanOrEqual(bucketsOf(before) + 60)
      const age = Math.min(day, ms) * share
      const seen = before.window.to - 1 - age
      if (seen >= before.window.from)
        expect(before.window.to - bucketOf(seen, cover)).toBeLessThanOrEqual(2 * age + tierMs['1m'] + 1)
    }),
  )
})

it('finer steps that are not kept any more are not read', () => {
  const cover = coverOf(noon, 14 * day)
  expect(sharpEnd(cover, Object.fromEntries(tiers.slice(0, -2).map((tier) => [tier, noon + 1])))).toEqual(cover)
})
