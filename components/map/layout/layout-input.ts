/**
 * What the layout needs to know. Index i names the same node in every array; lengths are pixels at
 * zoom 1. Plain arrays and typed arrays only, so that it crosses to a worker as it is.
 */
export type LayoutInput = {
  readonly ids: readonly string[]
  /** The region of each node; '' stands alone. */
  readonly groups: readonly string[]
  /** Half the width that node and label take. */
  readonly halfWidths: Float32Array
  /** Caller, callee; caller, callee; … as indexes. */
  readonly links: Uint32Array
  /** How much each link counts for what stands left of what (1 is little); coarse, so that it seldom changes. */
  readonly weights: Float32Array
  /** x, y of each node as remembered; NaN where it was never placed. */
  readonly known: Float32Array
  /** x, y near which a node without remembered position belongs (its folded region); NaN where nothing is known. */
  readonly hints: Float32Array
  /** 1 for a node that the viewer put where it is: it never gives way. */
  readonly pinned: Uint8Array
}

/** Half the height that a node with its label takes. */
export const halfHeight = 27
/** Length to which a link within a region relaxes. */
export const linkLength = 78

/** A node of the simulation; d3-force writes x, y, vx, vy, and honours fx, fy. */
export type Body = {
  index: number
  x: number
  y: number
  vx: number
  vy: number
  fx?: number | null
  fy?: number | null
}

export const bodyAt = (index: number, x: number, y: number): Body => ({ index, x, y, vx: 0, vy: 0 })

/** The same graph with nodes sorted by id and links by their ends, and `order[i]` = old index of new node i. */
export function canonical(input: LayoutInput): { input: LayoutInput; order: Uint32Array } {
  const order = Uint32Array.from(input.ids.keys())
  const { ids } = input
  order.sort((a, b) => compare(ids[a] ?? '', ids[b] ?? ''))
  const rank = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) rank[order[i] ?? 0] = i
  const pick = (pairs: Float32Array) => {
    const out = new Float32Array(pairs.length)
    for (let i = 0; i < order.length; i++) {
      const from = order[i] ?? 0
      out[2 * i] = pairs[2 * from] ?? NaN
      out[2 * i + 1] = pairs[2 * from + 1] ?? NaN
    }
    return out
  }
  return {
    order,
    input: {
      ids: Array.from(order, (i) => ids[i] ?? ''),
      groups: Array.from(order, (i) => input.groups[i] ?? ''),
      halfWidths: Float32Array.from(order, (i) => input.halfWidths[i] ?? 20),
      ...sortedLinks(input.links, input.weights, rank),
      known: pick(input.known),
      hints: pick(input.hints),
      pinned: Uint8Array.from(order, (i) => input.pinned[i] ?? 0),
    },
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Distinct links without loops, sorted. Parallel links (several ports) pull no harder than the strongest one. */
function sortedLinks(links: Uint32Array, weights: Float32Array, rank: Uint32Array) {
  const n = rank.length
  const strongest = new Map<number, number>()
  for (let e = 0; e < links.length / 2; e++) {
    const from = rank[links[2 * e] ?? 0] ?? 0
    const to = rank[links[2 * e + 1] ?? 0] ?? 0
    const key = from * n + to
    if (from !== to) strongest.set(key, Math.max(strongest.get(key) ?? 0, weights[e] ?? 1))
  }
  const keys = Float64Array.from(strongest.keys()).sort()
  const out = new Uint32Array(2 * keys.length)
  keys.forEach((key, e) => {
    out[2 * e] = Math.floor(key / n)
    out[2 * e + 1] = key % n
  })
  return { links: out, weights: Float32Array.from(keys, (key) => strongest.get(key) ?? 1) }
}
