/** A quadratic curve from (x0, y0) over (cx, cy) to (x1, y1). */
export type Curve = {
  readonly x0: number
  readonly y0: number
  readonly cx: number
  readonly cy: number
  readonly x1: number
  readonly y1: number
}

type End = { readonly x: number; readonly y: number; readonly r: number }

const bend = 0.13
const clearance = 2

/**
 * The curve of an edge: it leaves the rim of one node and ends before the rim of the other. Opposite
 * directions bend to opposite sides; `lane` 1, 2, … bends parallel edges further. `offset` is how far, in
 * pixels, the control point lies beside the middle.
 */
export function edgeCurve(from: End, to: End, lane = 0, offset = usualBend(from, to, lane)): Curve {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.hypot(dx, dy) || 1
  const cx = (from.x + to.x) / 2 - (dy / length) * offset
  const cy = (from.y + to.y) / 2 + (dx / length) * offset
  const start = toward(from, cx, cy, from.r + clearance)
  const end = toward(to, cx, cy, to.r + clearance + 1.5)
  return { x0: start[0], y0: start[1], cx, cy, x1: end[0], y1: end[1] }
}

/** Long edges bend less, so that they do not sweep over what they pass. */
export const usualBend = (from: Pick<End, 'x' | 'y'>, to: Pick<End, 'x' | 'y'>, lane: number): number =>
  Math.min(bend * (Math.hypot(to.x - from.x, to.y - from.y) || 1), 46) + lane * 13

const toward = (from: End, x: number, y: number, distance: number): readonly [number, number] => {
  const length = Math.hypot(x - from.x, y - from.y) || 1
  return [from.x + ((x - from.x) / length) * distance, from.y + ((y - from.y) / length) * distance]
}

const n = (value: number) => Math.round(value * 10) / 10

export const curvePath = (c: Curve): string => `M${n(c.x0)} ${n(c.y0)}Q${n(c.cx)} ${n(c.cy)} ${n(c.x1)} ${n(c.y1)}`

/** Direction in degrees in which the curve arrives. */
export const arrivalAngle = (c: Curve): number => (Math.atan2(c.y1 - c.cy, c.x1 - c.cx) * 180) / Math.PI

/** Where an edge's figures stand: past the middle, so that those of edges from one node part. */
export const captionPoint = (c: Curve): readonly [number, number] => pointOn(c, 0.6)

/** The point of a curve at `t`, 0 at its start and 1 at its end. */
export function pointOn(c: Curve, t: number): readonly [number, number] {
  const u = 1 - t
  return [u * u * c.x0 + 2 * u * t * c.cx + t * t * c.x1, u * u * c.y0 + 2 * u * t * c.cy + t * t * c.y1]
}

/** Distance of a point from the curve, by eight chords. */
export function distanceToCurve(c: Curve, x: number, y: number): number {
  let best = Infinity
  let px = c.x0
  let py = c.y0
  for (let i = 1; i <= 8; i++) {
    const t = i / 8
    const u = 1 - t
    const qx = u * u * c.x0 + 2 * u * t * c.cx + t * t * c.x1
    const qy = u * u * c.y0 + 2 * u * t * c.cy + t * t * c.y1
    const dx = qx - px
    const dy = qy - py
    const l2 = dx * dx + dy * dy
    const s = l2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / l2))
    best = Math.min(best, Math.hypot(x - px - s * dx, y - py - s * dy))
    px = qx
    py = qy
  }
  return best
}
