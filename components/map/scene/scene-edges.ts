import type { Graph, GraphEdge } from '@/core/graph/graph'
import type { Lens } from '../../url-state'
import { clearCurve } from './bend'
import { edgeCurve, type Curve } from './curve'
import { strength } from './edge-style'
import { edgeClass, manyErrors, someErrors } from '../lens'
import { canFold } from './node-size'
import { maxSvgNodes } from '../renderer'
import type { Scene, SceneEdge, SceneNode } from './scene-parts'

/**
 * The edges between drawn nodes. `graph.edges` are sorted by their ends, so parallel ones follow each
 * other. An edge whose ends lie where they lay keeps its curve; one that looks as it did is the same object.
 */
export function sceneEdges(
  graph: Graph,
  nodes: readonly SceneNode[],
  lens: Lens,
  unit: number,
  last: Scene,
): readonly SceneEdge[] {
  const quietest = crowdLimit(graph)
  const quiet = Uint8Array.from(nodes, (node) => Number(node.region !== '' && !canFold(node.region)))
  const indexOf = lookup(nodes)
  const lastIndexOf = lookup(last.edges)
  // In layers, edges pass the layers between their ends; elsewhere regions keep most nodes out of the way.
  const layered = graph.focus !== null && nodes.length <= maxSvgNodes
  const curveOf = (from: SceneNode, to: SceneNode, lane: number) =>
    layered ? clearCurve(from, to, lane, nodes) : edgeCurve(from, to, lane)
  const stays =
    !layered || (nodes.length === last.nodes.length && nodes.every((node, i) => liesAs(node, last.nodes[i])))
  const edges: SceneEdge[] = []
  let same = true
  for (const edge of graph.edges) {
    let old = last.edges[edges.length]
    if (old?.id !== edge.id) old = last.edges[lastIndexOf(edge.id)]
    const a = old && nodes[old.a]?.id === edge.from ? old.a : indexOf(edge.from)
    const b = old && nodes[old.b]?.id === edge.to ? old.b : indexOf(edge.to)
    const from = nodes[a]
    const to = nodes[b]
    if (!from || !to || from === to) continue
    const before = edges[edges.length - 1]
    const lane = before?.a === a && before.b === b ? before.lane + 1 : 0
    const still =
      old && stays && old.lane === lane && liesAs(from, last.nodes[old.a]) && liesAs(to, last.nodes[old.b])
        ? old
        : undefined
    const limit = quiet[a] || quiet[b] ? Infinity : quietest
    const next = sceneEdge(edge, a, b, lane, still ?? curveOf(from, to, lane), lens, unit, limit)
    const kept = old && still && looksAs(next, old) ? old : next
    if (kept !== last.edges[edges.length]) same = false
    edges.push(kept)
  }
  return same && edges.length === last.edges.length ? last.edges : edges
}

function sceneEdge(
  edge: GraphEdge,
  a: number,
  b: number,
  lane: number,
  curve: Curve,
  lens: Lens,
  unit: number,
  quietest: number,
): SceneEdge {
  const rate = strength(edge.figures)
  const { tone, dash, head, glyph } = edgeClass(edge, lens).style
  const width = 1 + 3.4 * Math.sqrt(Math.min(1, rate / unit))
  const loud = tone !== 'quiet' && tone !== 'unknown'
  const { x0, y0, cx, cy, x1, y1 } = curve
  const { id, from, to } = edge
  const faint = !loud && rate < quietest
  const drawn = Math.round((loud ? Math.max(1.8, width * 0.8) : width) * 5) / 5
  return {
    id,
    from,
    to,
    a,
    b,
    lane,
    tone,
    dash,
    head,
    glyph,
    x0,
    y0,
    cx,
    cy,
    x1,
    y1,
    width: drawn,
    faint,
    rate: coarse(rate),
    errors: errorsOf(edge),
  }
}

const liesAs = (node: SceneNode, old: SceneNode | undefined) =>
  node === old || (old !== undefined && node.x === old.x && node.y === old.y && node.r === old.r)

const looksAs = (a: SceneEdge, b: SceneEdge) =>
  a.a === b.a &&
  a.b === b.b &&
  a.tone === b.tone &&
  a.dash === b.dash &&
  a.head === b.head &&
  a.glyph === b.glyph &&
  a.width === b.width &&
  a.faint === b.faint &&
  a.errors === b.errors &&
  a.rate === b.rate

const errorsOf = ({ figures: { errorRatio } }: GraphEdge): 0 | 1 | 2 =>
  errorRatio === null || errorRatio < someErrors ? 0 : errorRatio < manyErrors ? 1 : 2

const coarse = (rate: number) => (rate > 0 ? 2 ** (Math.round(Math.log2(rate) * 4) / 4) : 0)

/** Index of an item by id (-1 where absent); the table is made at the first question. */
function lookup(items: readonly { readonly id: string }[]): (id: string) => number {
  let table: Map<string, number> | undefined
  return (id) => {
    table ??= new Map(items.map((item, i) => [item.id, i]))
    return table.get(id) ?? -1
  }
}

/**
 * The rate below which quiet edges are faint: where there are more than two edges a node the strongest keep their grey,
 * on a large map fewer. Many that are equally strong are all faint, unless none is stronger.
 */
function crowdLimit({ nodes, edges }: Graph): number {
  const most = nodes.length > maxSvgNodes ? Math.max(2 * maxSvgNodes, nodes.length / 4) : Math.max(60, 2 * nodes.length)
  if (edges.length <= most * 1.25) return 0
  const rates = Float64Array.from(edges, (edge) => strength(edge.figures)).sort()
  const limit = rates[Math.floor(rates.length - 1 - most)] ?? 0
  const strong = rates.length - rates.indexOf(limit)
  return strong <= most * 1.25 ? limit : (rates[rates.lastIndexOf(limit) + 1] ?? 0)
}
