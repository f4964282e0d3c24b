import { expect, test } from 'vitest'
import { lastOf, movedWindow, parseLast, rangeProblem, windowAt } from './time-range'

test.each([
  ['5m', 300_000],
  ['30d', 2_592_000_000],
  ['90s', 90_000],
  ['0m', null],
  ['401d', null],
  ['5', null],
  ['1e3m', null],
])('%s is %s ms', (text, ms) => expect(parseLast(text)).toBe(ms))

test('a moving range ends now, a standing one stays', () => {
  expect(windowAt({ last: '5m' }, 1_000_000)).toEqual({ from: 700_000, to: 1_000_000 })
  expect(windowAt({ from: 1, to: 2 }, 1_000_000)).toEqual({ from: 1, to: 2 })
})

test('moving goes by half a window and stops at now', () => {
  expect(movedWindow({ from: 100, to: 200 }, -1, 1000)).toEqual({ from: 50, to: 150 })
  expect(movedWindow({ from: 100, to: 200 }, 1, 210)).toEqual({ from: 110, to: 210 })
})

test.each([
  ['2026-11-23 14:10', '2026-11-23 14:36', null],
  ['x', '2026-11-23 14:36', 'Write the start as 14:10, yesterday 14:10 or 2026-11-23 14:10.'],
  ['2026-11-23 14:36', '2026-11-23 14:10', 'The end must be after the start.'],
  ['2020-01-01', '2026-01-01', 'Choose at most 400 days.'],
])('from %s to %s: %s', (from, to, problem) => expect(rangeProblem(from, to, Date.UTC(2026, 10, 27))).toBe(problem))

test.each([
  [5_000, '5s'],
  [90_000, '90s'],
  [900_000, '15m'],
  [901_000, '15m'],
  [5_400_000, '90m'],
  [21_600_000, '6h'],
  [604_800_000, '7d'],
])('a moving range of %d ms is written %s', (ms, last) => expect(lastOf(ms)).toBe(last))
