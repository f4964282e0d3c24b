type Discs = { readonly x: Float64Array; readonly y: Float64Array; readonly radius: Float64Array }
type Road = { readonly from: number; readonly to: number; readonly weight: number }

/**
 * How hard a placement of regions is to read: long roads, roads that cross, roads that run over a third
 * region, roads that run right to left. Lower is better. O(roads² + roads × regions).
 */
export function untidiness(discs: Discs, roads: readonly Road[]): number {
  const mean = discs.radius.reduce((a, b) => a + b, 0) / Math.max(1, discs.radius.length)
  const at = (i: number) => [discs.x[i] ?? 0, discs.y[i] ?? 0] as const
  let cost = 0
  roads.forEach((road, k) => {
    const a = at(road.from)
    const b = at(road.to)
    const weight = Math.sqrt(road.weight)
    cost += (weight * Math.hypot(b[0] - a[0], b[1] - a[1])) / (3 * mean)
    if (b[0] < a[0]) cost += weight * 0.6
    for (let i = 0; i < discs.radius.length; i++) {
      if (i === road.from || i === road.to) continue
      const near = distanceToSegment(at(i), a, b)
      if (near < (discs.radius[i] ?? 0)) cost += weight * 2.2 * (1 - near / (discs.radius[i] ?? 1))
    }
    for (const other of roads.slice(k + 1)) {
      if (new Set([road.from, road.to, other.from, other.to]).size < 4) continue
      if (crosses(a, b, at(other.from), at(other.to))) cost += 1.2 * Math.min(weight, Math.sqrt(other.weight))
    }
  })
  const width = span(discs.x)
  const height = span(discs.y)
  // Screens are wide: about 3:2 costs nothing.
  return cost * (1 + 0.25 * Math.abs(Math.log((width + mean) / (height + mean) / 1.5)))
}

const span = (values: Float64Array) =>
  values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity)

type Point = readonly [number, number]

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

const side = (a: Point, b: Point, p: Point) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
const crosses = (a: Point, b: Point, c: Point, d: Point) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
