import type { Tone } from './edge-style'
import type { Curve } from './curve'
import type { Scene } from './scene-parts'

/** All traffic from one region to another, for the far view. */
export type Road = Curve & {
  readonly width: number
  readonly tone: Tone
  readonly rate: number
  readonly faint: boolean
}

type Sum = { from: number; to: number; rate: number; bad: number; warn: number }

/** The strongest tell the shape; all of them would hide it. Unwell ones have places of their own. */
const quietRoads = 90
const loudRoads = 32
/** Of the quiet ones this many keep their grey; the others are faint. */
const plainRoads = 22
/** Share of a road's traffic that must be degraded before the road is. */
const warnShare = 0.2
const badShare = 0.02

/** The strongest roads between regions (nodes without region are their own), loud ones last. O(nodes + edges). */
export function roadsOf(scene: Scene): readonly Road[] {
  const ends: { x: number; y: number; n: number }[] = []
  const index = new Map<string, number>()
  const endOf = Int32Array.from(scene.nodes, (node) => {
    const key = node.region || node.id
    let at = index.get(key)
    if (at === undefined) {
      at = ends.length
      index.set(key, at)
      ends.push({ x: 0, y: 0, n: 0 })
    }
    const end = ends[at]
    if (end) {
      end.x += node.x
      end.y += node.y
      end.n++
    }
    return at
  })
  const sums = new Map<number, Sum>()
  for (const edge of scene.edges) {
    const from = endOf[edge.a] ?? 0
    const to = endOf[edge.b] ?? 0
    if (from === to) continue
    let sum = sums.get(from * ends.length + to)
    if (!sum) {
      sum = { from, to, rate: 0, bad: 0, warn: 0 }
      sums.set(from * ends.length + to, sum)
    }
    sum.rate += edge.rate
    if (edge.tone === 'bad') sum.bad += edge.rate
    if (edge.tone === 'warn' || edge.tone === 'audit') sum.warn += edge.rate
  }
  const roads = [...sums.values()]
    .map((sum) => ({ ...sum, tone: toneOf(sum) }))
    .sort((a, b) => b.rate - a.rate || a.from - b.from || a.to - b.to)
  const most = roads[0]?.rate || 1
  const loud = roads
    .filter((road) => road.tone !== 'quiet')
    .sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad') || b.rate - a.rate)
    .slice(0, loudRoads)
  const quiet = roads.filter((road) => road.tone === 'quiet').slice(0, quietRoads)
  const plain = new Set([...quiet.slice(0, plainRoads), ...loud])
  return [...quiet.toReversed(), ...loud.toReversed()].flatMap((road) => {
    const { from, to, rate, tone } = road
    const a = ends[from]
    const b = ends[to]
    if (!a || !b) return []
    const [x0, y0, x1, y1] = [a.x / a.n, a.y / a.n, b.x / b.n, b.y / b.n]
    const cx = (x0 + x1) / 2 - (y1 - y0) * 0.1
    const cy = (y0 + y1) / 2 + (x1 - x0) * 0.1
    return [{ x0, y0, cx, cy, x1, y1, rate, tone, faint: !plain.has(road), width: 0.8 + 1.6 * Math.sqrt(rate / most) }]
  })
}

const toneOf = ({ rate, bad, warn }: Sum): Tone =>
  bad > rate * badShare ? 'bad' : warn > rate * warnShare ? 'warn' : 'quiet'
