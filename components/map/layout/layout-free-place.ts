import { halfHeight, linkLength, type Body } from './layout-input'
import type { Regions } from './layout-regions'

type Point = readonly [number, number]
type Disc = { readonly x: number; readonly y: number; readonly radius: number }

const directions = 24
const farthest = 6 * linkLength

/**
 * Finds where a node that stands alone has room for itself and its label, near what it is linked to: outside of
 * regions where that is possible, and away from the middle of the map. `find` gives null where nothing is free within
 * six links. O(directions × steps × nodes) each.
 */
export function freePlaces(bodies: readonly Body[], regions: Regions, halfWidths: Float32Array) {
  const isPlaced = (body: Body) => !Number.isNaN(body.x)
  const discs = regions.members.flatMap((members) => discOf(members.flatMap((i) => bodies[i] ?? []).filter(isPlaced)))
  const all = bodies.filter(isPlaced)
  const middle = middleOf(all)
  const isFree = ([x, y]: Point, halfWidth: number) =>
    all.every(
      (body) =>
        Math.hypot((body.x - x) / (halfWidth + (halfWidths[body.index] ?? 20)), (body.y - y) / (2 * halfHeight)) >= 1,
    )
  const isOutside = ([x, y]: Point, halfWidth: number) =>
    discs.every((disc) => Math.hypot(disc.x - x, disc.y - y) >= disc.radius + 0.5 * halfWidth)
  return {
    find(from: Point, halfWidth: number): Point | null {
      const away = Math.atan2(from[1] - middle[1], from[0] - middle[0])
      let inside: Point | null = null
      for (let reach = linkLength; reach <= farthest; reach += linkLength / 3)
        for (let k = 0; k < directions; k++) {
          // To both sides of the way out, nearer to it first.
          const turn = (Math.ceil(k / 2) * (k % 2 === 0 ? 1 : -1) * 2 * Math.PI) / directions
          const place: Point = [from[0] + reach * Math.cos(away + turn), from[1] + reach * Math.sin(away + turn)]
          if (!isFree(place, halfWidth)) continue
          if (isOutside(place, halfWidth)) return place
          inside ??= place
        }
      return inside
    },
    take: (body: Body) => void all.push(body),
  }
}

/** What a region covers; a node alone covers its own place only. */
function discOf(own: readonly Body[]): readonly Disc[] {
  if (own.length < 2) return []
  const [x, y] = middleOf(own)
  return [{ x, y, radius: Math.max(...own.map((body) => Math.hypot(body.x - x, body.y - y))) + 34 }]
}

const middleOf = (list: readonly Body[]): Point => [
  list.reduce((sum, { x }) => sum + x, 0) / Math.max(1, list.length),
  list.reduce((sum, { y }) => sum + y, 0) / Math.max(1, list.length),
]
