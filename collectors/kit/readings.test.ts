import { describe, expect, it } from 'vitest'
import { createReadings } from './readings'

const readings = (max = 10) => createReadings<{ readAt: number; value: number }>(max, 60_000)

describe('newest readings', () => {
  it('are handed over once, and not sooner than a minute after the last', () => {
    const { see, take } = readings()
    expect(take()).toEqual([])
    see('a', { readAt: 1_000, value: 1 })
    see('a', { readAt: 2_000, value: 2 })
    expect(take()).toEqual([{ readAt: 2_000, value: 2 }])
    expect(take()).toEqual([])
    see('a', { readAt: 30_000, value: 3 })
    expect(take()).toEqual([])
    see('b', { readAt: 62_000, value: 4 })
    expect(take().map(({ value }) => value)).toEqual([3, 4])
  })

  it('forget who was not read for ten minutes, and are bounded', () => {
    const { see, values } = readings(2)
    see('a', { readAt: 0, value: 1 })
    see('b', { readAt: 0, value: 2 })
    see('c', { readAt: 0, value: 3 })
    expect([...values()].map(({ value }) => value)).toEqual([1, 2])
    see('b', { readAt: 600_001, value: 4 })
    expect([...values()].map(({ value }) => value)).toEqual([4])
  })
})
