import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration, parseMoment } from '@/core/time-param'
import { longestMs, presets } from '../time-range'
import { widerParams } from './wider-range'

const day = 86_400_000

test.each([
  [{ last: '15m' }, { last: '5400s' }],
  [{ last: '30d' }, { last: '15552000s' }],
  [{ last: '400d' }, { last: '34560000s' }],
  [{ recording: 3 }, { recording: 3, from: undefined, to: undefined }],
  [
    { from: 1_000_000, to: 1_100_000 },
    { from: 875_000, to: 1_225_000 },
  ],
  [
    { from: 1_000 * day, to: 1_300 * day },
    { from: 950 * day, to: 1_350 * day },
  ],
  [
    { from: 1_000, to: 5_000 },
    { from: 0, to: 10_000 },
  ],
])('%j is shown within %j', (params, wider) => expect(widerParams(params)).toEqual(wider))

test.each(presets.map(({ last }) => last))('what the strip asks around the last %s can be read', (last) => {
  expect(parseDuration(widerParams({ last }).last ?? '')).toBeLessThanOrEqual(longestMs)
})

test('what surrounds a range that the API answers is answered too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: longestMs }), (start, length) => {
      const { from = -1, to = -1 } = widerParams({ from: start, to: start + length })
      expect(to - from).toBeLessThanOrEqual(longestMs)
      expect(from).toBeLessThanOrEqual(start)
      expect(to).toBeGreaterThanOrEqual(start + length)
      expect([parseMoment(String(from)), parseMoment(String(to))]).toEqual([from, to])
    }),
  )
})
