import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration, parseMoment } from '@/core/time-param'
import { longestMs, presets } from '../../time-range'
import { stripParams } from './strip-range'

const hour = 3_600_000
const day = 24 * hour
const now = 1_000 * day

test.each([
  [{ last: '15m' }, { last: '1h' }],
  [{ last: '1h' }, { last: '6h' }],
  [{ last: '6h' }, { last: '1d' }],
  [{ last: '24h' }, { last: '7d' }],
  [{ last: '7d' }, { last: '30d' }],
  [{ last: '400d' }, { last: '400d' }],
  [{ recording: 3 }, { recording: 3 }],
  [{ from: now - hour, to: now - hour / 2 }, { last: '1h' }],
  [
    { from: 10 * day, to: 10 * day + 600_000 },
    { from: 10 * day - hour / 2, to: 10 * day + hour / 2 },
  ],
])('%j is shown within %j', (params, strip) => expect(stripParams(params, now)).toEqual(strip))

test.each(presets.map(({ last }) => last))('what the strip asks around the last %s can be read', (last) => {
  expect(parseDuration(stripParams({ last }, now).last ?? '')).toBeLessThanOrEqual(longestMs)
})

test('what surrounds a range that the API answers is answered too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: longestMs }), (start, length) => {
      const { from = -1, to = -1 } = stripParams({ from: start, to: start + length }, 1e14)
      expect(to - from).toBeLessThanOrEqual(longestMs)
      expect(from).toBeLessThanOrEqual(start)
      expect(to).toBeGreaterThanOrEqual(start + length)
      expect([parseMoment(String(from)), parseMoment(String(to))]).toEqual([from, to])
    }),
  )
})

test('the strip stands still while a window moves a little in it', () => {
  const at = (from: number) => stripParams({ from, to: from + 600_000 }, now).from
  expect(at(10 * day + 60_000)).toBe(at(10 * day + 120_000))
})
