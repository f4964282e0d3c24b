/** A graph around one node, as plain arrays that cross to a worker. `root` and links are indexes into `ids`. */
export type LayeredInput = {
  readonly ids: readonly string[]
  /** Half the width that node and label take. */
  readonly halfWidths: Float32Array
  /** Caller, callee; caller, callee; … */
  readonly links: Uint32Array
  readonly root: number
}

const rowGap = 66
/** Between what two columns take, where names may stand in the same row. */
const columnGap = 74
/** Between the middles of two columns whose rows alternate: an edge and its figures are seen, and no name is over a node. */
const pitch = { least: 108, besideNames: 44 } as const
const nameGap = 14
/** A layer with more nodes than this stands in several columns. */
const maxRows = 20
const sweeps = 14

/**
 * Positions (x, y per node) in layers: callers left of what they call, the root at 0, 0. A call against
 * that order exists only within a cycle. Deterministic, whatever the order of nodes and links.
 * O((nodes log nodes + links) × sweeps).
 */
export function layered(input: LayeredInput): Float32Array {
  const n = input.ids.length
  const byId = [...input.ids.keys()].sort((a, b) => ((input.ids[a] ?? '') < (input.ids[b] ?? '') ? -1 : 1))
  const rank = new Uint32Array(n)
  byId.forEach((old, now) => (rank[old] = now))
  const callees: number[][] = Array.from({ length: n }, () => [])
  const callers: number[][] = Array.from({ length: n }, () => [])
  const seen = new Set<number>()
  for (let e = 0; e < input.links.length; e += 2) {
    const from = rank[input.links[e] ?? 0] ?? 0
    const to = rank[input.links[e + 1] ?? 0] ?? 0
    if (from === to || seen.has(from * n + to)) continue
    seen.add(from * n + to)
    callees[from]?.push(to)
    callers[to]?.push(from)
  }
  for (const list of [...callees, ...callers]) list.sort((a, b) => a - b)
  const root = rank[input.root] ?? 0
  const layer = layersOf(n, root, callees, callers)
  const half = byId.map((old) => input.halfWidths[old] ?? 24)
  const { x, y } = place(layer, root, half, (i) => [...(callers[i] ?? []), ...(callees[i] ?? [])])
  const out = new Float32Array(2 * n)
  byId.forEach((old, now) => out.set([x[now] ?? 0, y[now] ?? 0], 2 * old))
  return out
}

type Lists = readonly (readonly number[])[]

/** Signed layers: callees of the root from 1 up, callers from -1 down. A node that is both is where it is nearer. */
function layersOf(n: number, root: number, callees: Lists, callers: Lists): Int32Array {
  const down = hopsFrom(n, root, callees)
  const up = hopsFrom(n, root, callers)
  const side = Int8Array.from({ length: n }, (_, i) =>
    i === root ? 0 : (down[i] ?? Infinity) <= (up[i] ?? Infinity) ? 1 : -1,
  )
  const layer = new Int32Array(n)
  for (const [sign, hops, next] of [
    [1, down, callees],
    [-1, up, callers],
  ] as const) {
    const inside = (i: number) => side[i] === sign
    for (let i = 0; i < n; i++) if (inside(i)) layer[i] = sign * (Number.isFinite(hops[i]) ? (hops[i] ?? 1) : 1)
    for (const [i, onwards] of withoutCycles(n, inside, next))
      for (const to of onwards) layer[to] = sign * Math.max(Math.abs(layer[to] ?? 0), Math.abs(layer[i] ?? 0) + 1)
  }
  return layer
}

function hopsFrom(n: number, root: number, next: Lists): Float64Array {
  const hops = new Float64Array(n).fill(Infinity)
  hops[root] = 0
  let rim = [root]
  while (rim.length > 0) {
    const outer: number[] = []
    for (const i of rim) {
      for (const to of next[i] ?? []) {
        if (Number.isFinite(hops[to])) continue
        hops[to] = (hops[i] ?? 0) + 1
        outer.push(to)
      }
    }
    rim = outer
  }
  return hops
}

/** Nodes in an order in which links lead onwards, each with those of its links that do: a depth-first search leaves out what leads back. */
function withoutCycles(n: number, inside: (i: number) => boolean, next: Lists): [number, number[]][] {
  const state = new Uint8Array(n)
  const done: [number, number[]][] = []
  const visit = (i: number) => {
    state[i] = 1
    const onwards: number[] = []
    for (const to of next[i] ?? []) {
      if (!inside(to)) continue
      if (state[to] === 0) visit(to)
      if (state[to] === 2) onwards.push(to)
    }
    state[i] = 2
    done.push([i, onwards])
  }
  for (let i = 0; i < n; i++) if (inside(i) && state[i] === 0) visit(i)
  return done.toReversed()
}

/** Columns from the layers, and rows by the mean of their neighbours: barycentre sweeps to the right and to the left. */
function place(
  layer: Int32Array,
  root: number,
  half: readonly number[],
  around: (i: number) => readonly number[],
): { x: Float64Array; y: Float64Array } {
  const columns = new Map<number, number[]>()
  layer.forEach((at, i) => columns.set(at, [...(columns.get(at) ?? []), i]))
  const layers = [...columns.keys()].sort((a, b) => a - b)
  const y = new Float64Array(layer.length)
  const spread = (members: readonly number[]) => Math.ceil(members.length / maxRows)
  for (const at of layers) {
    const members = columns.get(at) ?? []
    members.forEach((i, k) => (y[i] = ((k - (members.length - 1) / 2) * rowGap) / spread(members)))
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const rightwards = sweep % 2 === 0
    for (const at of rightwards ? layers : layers.toReversed()) {
      const members = columns.get(at) ?? []
      const wish = new Map(members.map((i) => [i, meanOf(i, at, rightwards, layer, y, around)]))
      members.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b)
      const rows = apart(
        members.map((i) => wish.get(i) ?? 0),
        rowGap / spread(members),
      )
      members.forEach((i, k) => (y[i] = rows[k] ?? 0))
    }
  }
  // The rows of every second layer lie between those of the others, so that layers can stand close.
  for (const at of layers) {
    const members = columns.get(at) ?? []
    const between = at % 2 === 0 ? 0 : 0.5
    if (spread(members) > 1) continue
    for (const i of members) y[i] = (Math.round((y[i] ?? 0) / rowGap - between) + between) * rowGap
  }
  const middle = y[root] ?? 0
  const x = new Float64Array(layer.length)
  const placed: { x: number; half: number; alternates: boolean }[] = []
  let zero = 0
  for (const at of layers) {
    const members = columns.get(at) ?? []
    const width = Math.max(...members.map((i) => half[i] ?? 24))
    const wide = spread(members)
    const left = leftmost(placed, width, wide === 1)
    members.forEach((i, k) => (x[i] = left + (k % wide) * (2 * width + 16)))
    if (at === 0) zero = left
    placed.push({ x: left + (wide - 1) * (2 * width + 16), half: width, alternates: wide === 1 })
  }
  for (let i = 0; i < layer.length; i++) {
    x[i] = (x[i] ?? 0) - zero
    y[i] = (y[i] ?? 0) - middle
  }
  return { x, y }
}

/** Where the middle of the next column may be: near the one before if their rows alternate, and clear of the one before that. */
function leftmost(
  placed: readonly { readonly x: number; readonly half: number; readonly alternates: boolean }[],
  half: number,
  alternates: boolean,
): number {
  const [last, other] = [placed.at(-1), placed.at(-2)]
  if (!last) return 0
  if (!alternates || !last.alternates) return last.x + last.half + columnGap + half
  const beside = last.x + Math.max(pitch.least, (last.half + half) / 2 + pitch.besideNames)
  return other ? Math.max(beside, other.x + other.half + nameGap + half) : beside
}

/** The mean row of the neighbours on the side that was just placed; without any there, of all; else its own. */
function meanOf(
  i: number,
  at: number,
  rightwards: boolean,
  layer: Int32Array,
  y: Float64Array,
  around: (i: number) => readonly number[],
): number {
  const all = around(i)
  const placed = all.filter((other) => (rightwards ? (layer[other] ?? 0) < at : (layer[other] ?? 0) > at))
  const list = placed.length > 0 ? placed : all
  return list.length === 0 ? (y[i] ?? 0) : list.reduce((sum, other) => sum + (y[other] ?? 0), 0) / list.length
}

/** Rows at least `gap` apart and as near to the wishes (ascending) as that allows, in the sense of least squares. */
function apart(wishes: readonly number[], gap: number): number[] {
  const blocks: { sum: number; count: number }[] = []
  wishes.forEach((wish, k) => {
    let block = { sum: wish - k * gap, count: 1 }
    for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, count: last.count + block.count }
      blocks.pop()
    }
    blocks.push(block)
  })
  return blocks
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((row, k) => row + k * gap)
}
