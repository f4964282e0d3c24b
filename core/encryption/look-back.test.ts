import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tierMs } from '../time'
import { lookBack, lookBackMs } from './look-back'

const end = 1_700_000_000_000
const day = tierMs['1d']

describe('how far back readiness looks', () => {
  it.each([
    ['a month', { from: end - 900_000, to: end }, 0, lookBackMs, 7],
    ['what there is', { from: end - 900_000, to: end }, end - 2 * day, 2 * day, 4],
    ['less than an hour of data', { from: end - 900_000, to: end }, end - 600_000, 600_000, 1],
    ['a longer window', { from: end - 60 * day, to: end }, 0, 60 * day, 7],
    ['no data at all', { from: end - 900_000, to: end }, null, 900_000, 1],
  ] as const)('is %s', (_, window, firstData, length, count) => {
    const parts = lookBack(window, firstData)
    expect(parts).toHaveLength(count)
    expect(parts[0]?.to).toBe(end)
    expect((parts.at(-1)?.from ?? 0) - (end - length)).toBeLessThanOrEqual(0)
    expect(end - length - (parts.at(-1)?.from ?? 0)).toBeLessThan(10_000)
  })

  it('leaves nothing out and counts nothing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * day }), fc.integer({ min: 1, max: 400 * day }), (length, age) => {
        const parts = lookBack({ from: end - length, to: end }, end - age)
        expect(parts.every(({ from, to }) => from < to)).toBe(true)
        expect(parts.slice(1).every(({ to }, at) => to === parts[at]?.from)).toBe(true)
      }),
    )
  })
})
