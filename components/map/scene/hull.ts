type Point = readonly [x: number, y: number]
/** A disc that the hull must hold. */
export type Disc = { readonly x: number; readonly y: number; readonly r: number }

const corners = 20

/** The convex outline round discs, in order. Of discs of one size only those on the hull of the centres matter. O(n log n). */
export function hullOf(discs: readonly Disc[]): readonly Point[] {
  const bySize = new Map<number, Point[]>()
  for (const { x, y, r } of discs) {
    const centres = bySize.get(r)
    if (centres) centres.push([x, y])
    else bySize.set(r, [[x, y]])
  }
  const rims: Point[] = []
  for (const [r, centres] of bySize) {
    for (const [x, y] of centres.length > 2 ? convexHull(centres) : centres) {
      for (let i = 0; i < corners; i++) {
        const angle = (2 * Math.PI * i) / corners
        rims.push([x + r * Math.cos(angle), y + r * Math.sin(angle)])
      }
    }
  }
  return convexHull(rims)
}

/** Andrew's monotone chain. */
function convexHull(points: Point[]): Point[] {
  const sorted = points.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly Point[]) => {
    const chain: Point[] = []
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2) ?? p, chain.at(-1) ?? p, p) <= 0) chain.pop()
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

export const outlinePath = (points: readonly Point[]): string =>
  points.length === 0
    ? ''
    : `M${points.map(([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join('L')}Z`
