import { assert, double, integer, property, string } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  bound,
  formatAgo,
  formatBytes,
  formatBytesRate,
  formatChange,
  formatCount,
  formatDuration,
  formatMs,
  formatPercent,
  formatPort,
  formatRate,
  formatShort,
  formatSpan,
  placeWord,
  formatTime,
  formatWhen,
  middleTruncate,
  plural,
} from './format'

test.each([
  [formatRate(17.61), '17.6/s'],
  [formatRate(420), '420/s'],
  [formatRate(1204), '1,204/s'],
  [formatRate(12_040), '12\u00a0k/s'],
  [formatRate(0), '0/s'],
  [formatRate(0.05), '0.05/s'],
  [formatRate(0.005), '0.3/min'],
  [formatRate(0.0001), '<\u00a00.1/min'],
  [formatBytesRate(12_345), '12.3\u00a0kB/s'],
  [formatBytesRate(null), '–'],
  [formatPercent(0), '0\u00a0%'],
  [formatPercent(0.061), '6.1\u00a0%'],
  [formatPercent(0.0001), '<\u00a00.1\u00a0%'],
  [formatPercent(0.99999), '>\u00a099.9\u00a0%'],
  [formatPercent(1), '100\u00a0%'],
  [formatMs(0.04), '<\u00a00.1\u00a0ms'],
  [formatMs(0.4), '0.4\u00a0ms'],
  [formatMs(84.2), '84\u00a0ms'],
  [formatMs(999.7), '1\u00a0s'],
  [formatMs(1900), '1.9\u00a0s'],
  [formatMs(150_000), '3\u00a0min'],
  [formatCount(1204), '1,204'],
  [formatCount(-1_234_567), '−1,234,567'],
  [formatShort(980), '980'],
  [formatShort(12_400), '12.4\u00a0k'],
  [formatShort(999_700), '1\u00a0M'],
  [formatBytes(840), '840\u00a0B'],
  [formatBytes(3100), '3.1\u00a0kB'],
  [formatDuration(45_000), '45\u00a0s'],
  [formatDuration(59_700), '1\u00a0min'],
  [formatDuration(12_000_000), '3\u00a0h 20\u00a0min'],
  [formatDuration(187_200_000), '2\u00a0d 4\u00a0h'],
  [formatAgo(1000, 4200), '3\u00a0s ago'],
  [formatAgo(120_000, 0), 'in 2\u00a0min'],
  [formatAgo(0, 500), 'now'],
  [formatChange(99, 100), '−1\u00a0%'],
  [formatChange(100.1, 100), '±0\u00a0%'],
  [formatChange(5, 0), 'new'],
  [formatChange(0, 0), '±0\u00a0%'],
  [formatChange(30, 1), '×30'],
  [formatPort({ cluster: 'c', namespace: 'shop', kind: 'Deployment', name: 'cart' }, 8080), 'shop/cart:8080'],
  [formatPort({ cluster: 'c', namespace: '', kind: 'External', name: 'fd00::1' }, 53), '[fd00::1]:53'],
  [formatPort({ cluster: 'c', namespace: '', kind: 'External', name: 'a.example' }, 0), 'a.example'],
  [middleTruncate('warehouse-clickhouse', 11), 'wareh…house'],
  [middleTruncate('cart', 11), 'cart'],
  [plural(1, 'caller'), '1 caller'],
  [plural(1200, 'caller'), '1,200 callers'],
])('%s is written %s', (written, expected) => expect(written).toBe(expected))

test.each([
  ['its limit is 5 %; in the 20 min before, 0.3 s', 'its limit is 5\u00a0%; in the 20\u00a0min before, 0.3\u00a0s'],
  ['2 hops on, 3 deploys since 18:50', '2 hops on, 3 deploys since 18:50'],
])('of %s only figures and units are bound', (sentence, expected) => expect(bound(sentence)).toBe(expected))

describe('what is unknown', () => {
  test.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])('%s is a dash, never zero', (value) => {
    const written = [
      formatRate,
      formatPercent,
      formatMs,
      formatCount,
      formatShort,
      formatBytes,
      formatBytesRate,
      formatDuration,
      formatTime,
    ]
    expect(written.map((format) => format(value))).toEqual(written.map(() => '–'))
    expect(formatChange(value, 1)).toBe('–')
    expect(formatChange(1, value)).toBe('–')
    expect(formatAgo(value, 0)).toBe('–')
  })
})

it('never rounds something to 0\u00a0% or all-but-all to 100\u00a0%', () => {
  assert(
    property(double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), (ratio) => {
      expect(formatPercent(ratio)).not.toMatch(/^(0|100) %$/)
    }),
  )
})

it('keeps a cut text within its bound, with its first and last letter', () => {
  assert(
    property(string({ minLength: 1, unit: 'grapheme' }), integer({ min: 5, max: 40 }), (text, max) => {
      const cut = Array.from(middleTruncate(text, max))
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(cut[0]).toBe(Array.from(text)[0])
      expect(cut.at(-1)).toBe(Array.from(text).at(-1))
    }),
  )
})

it('names the day of a span only where it is not today', () => {
  const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime()
  expect(formatSpan(at(23, 14, 10), at(23, 14, 36), at(23, 15, 0))).toBe('14:10 – 14:36')
  expect(formatSpan(at(20, 14, 10), at(20, 14, 36), at(23, 15, 0))).toBe('2026-11-20 14:10 – 14:36')
  expect(formatSpan(at(22, 23, 50), at(23, 0, 10), at(23, 15, 0))).toBe('2026-11-22 23:50 – 2026-11-23 00:10')
})

test.each([
  [new Date(2026, 10, 23, 0, 0, 1), '00:00:01'],
  [new Date(2026, 10, 22, 23, 59, 59), '2026-11-22 23:59:59'],
  [new Date(2024, 10, 23, 12, 0, 0), '2024-11-23 12:00:00'],
])('%s is written as %s on 23 November 2026', (time, text) =>
  expect(formatWhen(time.getTime(), 's', new Date(2026, 10, 23, 18).getTime())).toBe(text),
)

test('an unknown time has no date', () => expect(formatWhen(null)).toBe('–'))

test.each([
  ['shop', 'Deployment', 'shop'],
  ['', 'Node', 'no namespace'],
  ['', 'External', 'outside'],
])('“%s” and %s are in %s', (namespace, kind, word) => expect(placeWord({ namespace, kind })).toBe(word))
