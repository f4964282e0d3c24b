import { type Curve, pointOn } from '../scene/curve'
import type { SceneEdge } from '../scene/scene-parts'

/** Dots of an edge: one a power of ten of requests a second; whether each stands for requests that fail. */
export function dotsOf({ rate, errors }: Pick<SceneEdge, 'rate' | 'errors'>): boolean[] {
  const count = Math.max(1, Math.min(4, 1 + Math.floor(Math.log10(1 + rate))))
  const failing = errors === 0 ? 0 : errors === 1 ? 1 : Math.max(1, Math.ceil(count / 2))
  return Array.from({ length: count }, (_, k) => k < failing)
}

/** Whether traffic is seen to move on an edge: it has some, and it is let through. */
export const flows = ({ rate, head }: Pick<SceneEdge, 'rate' | 'head'>): boolean => rate > 0 && head === 'arrow'

export type Dot = { readonly x: number; readonly y: number; readonly r: number; readonly fails: boolean }

const maxDots = 160
/** Pixels at zoom 1 that a dot goes in a second. */
const speed = 90
const shortestMs = 700

/** Where the dots on edges are at a time (milliseconds on any clock); those of the strongest edges where there are too many. */
export function dotsAt(edges: readonly SceneEdge[], time: number): Dot[] {
  return edges
    .filter(flows)
    .toSorted((a, b) => b.rate - a.rate)
    .flatMap((edge, i) => {
      const wayMs = Math.max(shortestMs, (lengthOf(edge) / speed) * 1000)
      const r = Math.max(1.6, edge.width * 0.62)
      return dotsOf(edge).map((fails, k, all) => {
        const [x, y] = pointOn(edge, (time / wayMs + k / all.length + i * 0.37) % 1)
        return { x, y, r, fails }
      })
    })
    .slice(0, maxDots)
}

const lengthOf = ({ x0, y0, cx, cy, x1, y1 }: Curve) => Math.hypot(cx - x0, cy - y0) + Math.hypot(x1 - cx, y1 - cy)
