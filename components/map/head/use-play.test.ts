import { expect, test } from 'vitest'
import { firstFrame, frameStep, nextFrame } from './use-play'

test.each([
  [60_000, 10_000],
  [900_000, 20_000],
  [3_600_000, 60_000],
  [86_400_000, 1_440_000],
])('a window of %d ms goes on by %d', (length, step) => expect(frameStep(length)).toBe(step))

test('the film ends at the last whole frame', () => {
  expect(nextFrame({ from: 0, to: 60_000 }, 100_000)).toEqual({ from: 10_000, to: 70_000 })
  expect(nextFrame({ from: 40_000, to: 100_000 }, 105_000)).toBeNull()
})

test('it begins at the start of the strip, and leaves room to play', () => {
  expect(firstFrame(900_000, { from: 0, to: 3_600_000 })).toEqual({ from: 0, to: 900_000 })
  expect(firstFrame(3_600_000, { from: 0, to: 3_600_000 })).toEqual({ from: 0, to: 900_000 })
})
