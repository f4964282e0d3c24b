import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorOnset, latencyOnset, type Point } from './onset'
import { onsetsOf } from './onset-steps'
import type { StepRow } from '../series/step-row'
import { http } from '../world-fixture'

const step = 10_000
const options = { stepMs: step }
/** Points of consecutive steps; null is a step without data. */
const points = (values: readonly (number | null)[], weight = 100): Point[] =>
  values.flatMap((value, at) => (value === null ? [] : [{ t: at * step, value, weight }]))
const repeat = (value: number | null, n: number) => Array.from({ length: n }, () => value)
/** The same little noise every time, about ± 20 %. */
const noisy = (level: number, n: number, seed = 1) =>
  Array.from({ length: n }, (_, at) => level * (1 + 0.2 * Math.sin(12.9898 * (at + seed) * 78.233)))

describe('latencyOnset', () => {
  test('finds the step in which it rose, with the levels on both sides', () => {
    const onset = latencyOnset(points([...noisy(62, 30), ...noisy(741, 20)]), options)
    expect(onset).toMatchObject({ at: 30 * step, atLeast: false, earliest: 30 * step, until: null })
    expect(onset?.before).toBeCloseTo(62, -1.2)
    expect(onset?.after).toBeCloseTo(741, -2.2)
  })
  test.each<[string, (number | null)[], unknown]>([
    ['no data', [], null],
    ['an even level', noisy(62, 60), null],
    ['one slow step', [...noisy(62, 30), 900, ...noisy(62, 30)], null],
    [
      'several single slow steps',
      [...noisy(62, 10), 900, ...noisy(62, 10), 800, ...noisy(62, 10), 990, ...noisy(62, 9)],
      null,
    ],
    ['it fell', [...noisy(741, 30), ...noisy(62, 30)], { at: 0, atLeast: true, until: 30 * step }],
    [
      'it rose and is over',
      [...noisy(62, 20), ...noisy(741, 10), ...noisy(62, 20)],
      { at: 20 * step, until: 30 * step },
    ],
    [
      'it rose twice: the last time',
      [...noisy(62, 15), ...noisy(741, 10), ...noisy(62, 15), ...noisy(700, 10)],
      { at: 40 * step, until: null },
    ],
    [
      'it rose behind a gap',
      [...noisy(62, 20), ...repeat(null, 10), ...noisy(741, 20)],
      { at: 30 * step, earliest: 20 * step },
    ],
    [
      'a gap in the middle of it',
      [...noisy(62, 20), ...noisy(741, 10), ...repeat(null, 10), ...noisy(741, 10)],
      { at: 20 * step, until: null },
    ],
    ['a rise of a fifth', [...repeat(100, 30), ...repeat(120, 30)], null],
  ])('%s', (_what, values, expected) => {
    const onset = latencyOnset(points(values), options)
    if (expected === null) expect(onset).toBeNull()
    else expect(onset).toMatchObject(expected as object)
  })
  test('what is beyond its limit throughout began before the window', () => {
    expect(latencyOnset(points(noisy(741, 30)), { ...options, limit: 124 })).toMatchObject({
      at: 0,
      atLeast: true,
      before: null,
    })
    expect(latencyOnset(points(noisy(62, 30)), { ...options, limit: 124 })).toBeNull()
  })
})

describe('errorOnset', () => {
  test.each<[string, Point[], unknown]>([
    [
      'from nothing to 6 %',
      points([...repeat(0, 30), ...repeat(0.06, 20)]),
      { at: 30 * step, before: 0, after: expect.closeTo(0.06) },
    ],
    ['no errors at all', points(repeat(0, 30)), null],
    ['one error in each of two steps', points([...repeat(0, 20), 0.01, ...repeat(0, 20), 0.01]), null],
    ['few responses, most failing', points([...repeat(0, 20), ...repeat(0.5, 10)], 2), { at: 20 * step }],
    ['few responses, a stray error', points([...repeat(0, 20), 0.5, ...repeat(0, 9)], 2), null],
    ['an even share of errors', points(repeat(0.03, 40)), null],
  ])('%s', (_what, series, expected) => {
    const onset = errorOnset(series, options)
    if (expected === null) expect(onset).toBeNull()
    else expect(onset).toMatchObject(expected as object)
  })
  test('a second rise beyond the limit goes on from the first', () => {
    const series = points([...repeat(0, 20), ...repeat(0.06, 10), ...repeat(0.3, 10)])
    expect(errorOnset(series, { ...options, limit: 0.05 })).toMatchObject({ at: 20 * step })
  })
})

test('onsets of step rows: errors and latency apart, silent steps left out', () => {
  const rows = Array.from({ length: 30 }, (_, at): StepRow[] =>
    at === 12 ? [] : [{ ...http(50, at >= 20 ? 5 : 0, at >= 15 ? 400 : 20), edgeId: 1, t: at * step }],
  ).flat()
  const onsets = onsetsOf(rows, { window: { from: 0, to: 30 * step }, stepMs: step })
  expect(onsets.errors).toMatchObject({ at: 20 * step, before: 0, after: 0.1 })
  expect(onsets.p95).toMatchObject({ at: 15 * step, atLeast: false })
  expect(onsetsOf([], { window: { from: 0, to: 30 * step }, stepMs: step })).toEqual({ errors: null, p95: null })
})

describe('laws', () => {
  const values = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { maxLength: 30 })
  // Two cuts cost the same, but for rounding.
  const tied = [0.1, 0.1, 0.1, 0.1, 18.32732898220695, 0.1, 15.84770414517001, 144.73571121611286]
  test('the moment does not depend on the unit of a latency', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.001, 0.125, 64, 1000), (list, unit) => {
        const [a, b] = [list, list.map((value) => value * unit)].map((each) => latencyOnset(points(each), options))
        expect(b?.at).toBe(a?.at)
        expect(b?.until).toBe(a?.until)
      }),
      { examples: [[tied, 0.001]] },
    )
  })
  test('an onset lies in the time that was looked at, and what came after is higher', () => {
    fc.assert(
      fc.property(values, (list) => {
        const onset = latencyOnset(points(list), options)
        if (!onset) return
        expect(onset.at).toBeGreaterThanOrEqual(0)
        expect(onset.at).toBeLessThan(list.length * step)
        if (onset.before !== null) expect(onset.after).toBeGreaterThan(onset.before)
      }),
    )
  })
})
