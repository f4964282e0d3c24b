import { expect, test } from 'vitest'
import { acrossMoment, versusWindow } from './compare-window'

test.each([
  ['as long as the window shown', 600_000, 2_000_000, { from: 1_000_000, to: 1_600_000 }, 400_000],
  ['as long as it has been since', 600_000, 1_125_000, { from: 1_000_000, to: 1_120_000 }, 880_000],
])('before and after a moment is %s, and both are equally long', (_, length, end, window, versus) => {
  expect(acrossMoment(1_004_000, length, end)).toEqual({ window, versus })
  expect(versusWindow(window, versus)).toEqual({ from: versus, to: window.from })
})

test('too little after a moment is not compared', () => expect(acrossMoment(1_000_000, 600_000, 1_020_000)).toBeNull())
