import { expect, it } from 'vitest'
import { edgeCurve } from '../scene/curve'
import { dotsAt, dotsOf } from './pulses'
import type { SceneEdge } from '../scene/scene-parts'

const curve = edgeCurve({ x: 0, y: 0, r: 8 }, { x: 300, y: 0, r: 8 })
const edge = (over: Partial<SceneEdge> = {}): SceneEdge => ({
  ...curve,
  id: 'a|b|80|tcp',
  from: 'a',
  to: 'b',
  a: 0,
  b: 1,
  lane: 0,
  tone: 'quiet',
  dash: '',
  head: 'arrow',
  glyph: 'none',
  width: 2,
  faint: false,
  rate: 1,
  errors: 0,
  ...over,
})

it.each([
  [0.2, 0, [false]],
  [50, 0, [false, false]],
  [50, 1, [true, false]],
  [5_000, 2, [true, true, false, false]],
  [1e9, 0, [false, false, false, false]],
] as const)('%d requests a second with errors %d are the dots %j', (rate, errors, dots) => {
  expect(dotsOf({ rate, errors })).toEqual(dots)
})

it('moves dots from caller to callee and begins again', () => {
  const at = (time: number) => dotsAt([edge()], time)[0]?.x ?? Number.NaN
  expect(at(0)).toBeCloseTo(curve.x0)
  expect(at(1_000)).toBeGreaterThan(at(500))
  expect(Math.max(...Array.from({ length: 100 }, (_, i) => at(i * 83)))).toBeLessThanOrEqual(curve.x1)
})

it('moves nothing where nothing flows or where it was stopped', () => {
  expect(dotsAt([edge({ rate: 0 }), edge({ head: 'bar' })], 500)).toEqual([])
})

it('draws at most 160 dots, of the strongest edges', () => {
  const many = Array.from({ length: 400 }, (_, i) => edge({ rate: i < 300 ? 0.5 : 5_000, width: i < 300 ? 2 : 9 }))
  const dots = dotsAt(many, 0)
  expect(dots).toHaveLength(160)
  expect(new Set(dots.map(({ r }) => r)).size).toBe(1)
})
