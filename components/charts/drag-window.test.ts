import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draggedWindow, type Grip, keyedWindow, shortestMs, within, zoomedWindow } from './drag-window'

const bounds = { from: 0, to: 1_000_000 }
const shown = { from: 400_000, to: 500_000 }

test.each<[Grip, number, number, number, number]>([
  ['brush', 100_000, 250_000, 100_000, 250_000],
  ['brush', 250_000, 100_000, 100_000, 250_000],
  ['frame', 450_000, 550_000, 500_000, 600_000],
  ['frame', 450_000, 990_000, 900_000, 1_000_000],
  ['start', 400_000, 300_000, 300_000, 500_000],
  ['start', 400_000, 600_000, 500_000, 600_000],
  ['end', 500_000, 700_000, 400_000, 700_000],
  ['end', 500_000, 2_000_000, 400_000, 1_000_000],
])('%s from %d to %d shows %d to %d', (grip, from, to, start, end) =>
  expect(draggedWindow(grip, shown, from, to, bounds)).toEqual({ from: start, to: end }),
)

test('zooming keeps the moment under the pointer where it is', () => {
  expect(zoomedWindow(shown, 0.5, 400_000, bounds)).toEqual({ from: 400_000, to: 450_000 })
  expect(zoomedWindow(shown, 2, 450_000, bounds)).toEqual({ from: 350_000, to: 550_000 })
})

test.each<[Grip, string, number, number]>([
  ['frame', 'ArrowRight', 430_000, 530_000],
  ['frame', 'PageDown', 300_000, 400_000],
  ['frame', 'End', 900_000, 1_000_000],
  ['frame', '+', 430_000, 480_000],
  ['start', 'ArrowLeft', 390_000, 500_000],
  ['end', 'Home', 0, 400_000],
])('on the %s, %s shows %d to %d', (grip, key, from, to) =>
  expect(keyedWindow(grip, key, shown, bounds)).toEqual({ from, to }),
)

test('other keys mean nothing', () => expect(keyedWindow('frame', 'a', shown, bounds)).toBeNull())

test('whatever is dragged stays in bounds, on whole buckets, and is never empty', () => {
  const moment = fc.integer({ min: -2_000_000, max: 3_000_000 })
  const grips = fc.constantFrom<Grip>('brush', 'frame', 'start', 'end')
  fc.assert(
    fc.property(grips, moment, moment, (grip, from, to) => {
      const window = draggedWindow(grip, within(shown, bounds), from, to, bounds)
      expect(window.to - window.from).toBeGreaterThanOrEqual(shortestMs)
      expect([window.from % shortestMs, window.to % shortestMs]).toEqual([0, 0])
      expect(window.from).toBeGreaterThanOrEqual(bounds.from)
      expect(window.to).toBeLessThanOrEqual(bounds.to)
    }),
  )
})
