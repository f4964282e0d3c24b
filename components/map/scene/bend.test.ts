import { expect, it } from 'vitest'
import { clearCurve } from './bend'
import { distanceToCurve, edgeCurve } from './curve'
import { edge, graphOf, node } from '../graph-fixture'
import type { Point } from '../camera/camera'
import { buildScene } from './scene'

const at = (x: number, y: number) => ({ x, y, r: 8, half: 40 })

it('bends as usual where nothing is in the way', () => {
  const [a, b] = [at(0, 0), at(300, 20)]
  expect(clearCurve(a, b, 0, [a, b, at(150, -200)])).toEqual(edgeCurve(a, b))
  expect(clearCurve(a, b, 2, [a, b])).toEqual(edgeCurve(a, b, 2))
})

it.each([0, 20, 39, 60])('leads around a node %d pixels beside the straight line', (beside) => {
  const [a, b, between] = [at(0, 0), at(400, 0), at(200, beside)]
  const curve = clearCurve(a, b, 0, [a, between, b])
  expect(distanceToCurve(curve, between.x, between.y)).toBeGreaterThan(between.r + 4)
})

it('takes the gap of a column of nodes', () => {
  const column = [-132, -66, 0, 66, 132].map((y) => at(200, y))
  const [a, b] = [at(0, 0), at(400, 0)]
  const curve = clearCurve(a, b, 0, [a, b, ...column])
  for (const { x, y } of column) expect(distanceToCurve(curve, x, y)).toBeGreaterThan(12)
})

it('is what the map around a node draws', () => {
  const [a, b, c] = [node('a'), node('b'), node('c')]
  const graph = { ...graphOf([a, b, c], [edge(a.id, c.id)]), focus: a.id }
  const places = new Map<string, Point>([a, b, c].map(({ id }, i) => [id, [200 * i, i === 1 ? 26 : 0]]))
  const through = buildScene({ ...graph, focus: null }, places, { lens: 'health', by: 'namespace' })
  const around = buildScene(graph, places, { lens: 'health', by: null })
  const gap = ({ edges: [drawn] }: typeof through) => (drawn ? distanceToCurve(drawn, 200, 26) : Number.NaN)
  expect(gap(through)).toBeLessThan(13)
  expect(gap(around)).toBeGreaterThan(13)
  // The same graph again is the same scene; another node in the way is another curve.
  expect(buildScene(graph, places, { lens: 'health', by: null }, around).edges).toBe(around.edges)
  const moved = new Map(places).set(b.id, [200, -26])
  expect(gap(buildScene(graph, moved, { lens: 'health', by: null }, around))).not.toBe(gap(around))
})
