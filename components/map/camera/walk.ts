import { type Graph, type GraphNode, isGroup } from '@/core/graph/graph'
import { placeWord, plural } from '../../format'
import type { Lens } from '../../url-state'
import type { Point } from './camera'
import { edgeClass } from '../lens'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Edges by node, and nodes and edges by id: what moving along the graph needs. Built once per graph. */
export type GraphIndex = {
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly edges: ReadonlyMap<string, Graph['edges'][number]>
  readonly around: ReadonlyMap<string, readonly Graph['edges'][number][]>
  /** Where anything of the graph was seen. */
  readonly views: Graph['views']
  readonly window: Graph['window']
}

export function indexGraph(graph: Pick<Graph, 'nodes' | 'edges' | 'views' | 'window'>): GraphIndex {
  const around = new Map<string, Graph['edges'][number][]>(graph.nodes.map((node) => [node.id, []]))
  for (const edge of graph.edges) {
    around.get(edge.from)?.push(edge)
    if (edge.to !== edge.from) around.get(edge.to)?.push(edge)
  }
  return {
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    around,
    views: graph.views,
    window: graph.window,
  }
}

/** The other end of every edge of a node, each once. */
export function neighboursOf(index: GraphIndex, id: string): string[] {
  const ends = (index.around.get(id) ?? []).map((edge) => (edge.from === id ? edge.to : edge.from))
  return [...new Set(ends)].filter((end) => end !== id && index.nodes.has(end))
}

const axes: Readonly<Record<Direction, Point>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }
/** Cosine of the widest angle that still counts as a direction (a little over 45°). */
const widest = 0.6

/** The nearest neighbour along an edge that lies in a direction; null where none does. */
export function stepTo(
  index: GraphIndex,
  places: ReadonlyMap<string, Point>,
  from: string,
  direction: Direction,
): string | null {
  const here = places.get(from)
  if (!here) return null
  const [ax, ay] = axes[direction]
  let best: string | null = null
  let bestCost = Infinity
  for (const id of neighboursOf(index, from)) {
    const there = places.get(id)
    if (!there) continue
    const dx = there[0] - here[0]
    const dy = there[1] - here[1]
    const length = Math.hypot(dx, dy) || 1
    const cosine = (dx * ax + dy * ay) / length
    if (cosine < widest) continue
    const cost = length * (2 - cosine)
    if (cost < bestCost) [best, bestCost] = [id, cost]
  }
  return best
}

/** The edge after (or before) one, in a fixed round of the node's edges. */
export function nextEdge(index: GraphIndex, node: string, current: string | null, step: 1 | -1): string | null {
  const edges = index.around.get(node) ?? []
  if (edges.length === 0) return null
  const at = edges.findIndex((edge) => edge.id === current)
  const next = at < 0 ? (step === 1 ? 0 : edges.length - 1) : (at + step + edges.length) % edges.length
  return edges[next]?.id ?? null
}

/** `checkout, namespace shop; 3 callers, 2 callees; 1 denied; failing: 6 % of requests failed`. */
export function describeNode(index: GraphIndex, id: string): string {
  const node = index.nodes.get(id)
  if (!node) return ''
  const edges = index.around.get(id) ?? []
  const callers = new Set(edges.filter((edge) => edge.to === id).map((edge) => edge.from)).size
  const callees = new Set(edges.filter((edge) => edge.from === id).map((edge) => edge.to)).size
  const denied = edges.filter((edge) => (edge.figures.verdicts.denied ?? 0) > 0).length
  const where = isGroup(node.type)
    ? `${node.type} with ${plural(node.members, 'workload')}`
    : node.namespace
      ? `namespace ${node.namespace}`
      : placeWord(node)
  return [
    `${node.name}, ${where}`,
    `${plural(callers, 'caller')}, ${plural(callees, 'callee')}`,
    ...(denied > 0 ? [`${denied} denied`] : []),
    ...(node.health === 'healthy' || node.health === 'unknown'
      ? []
      : [node.why ? `${node.health}: ${node.why}` : node.health]),
  ].join('; ')
}

/** `web to bff, port 8080, degraded`: what it means through the lens that is on. */
export function describeEdge(index: GraphIndex, id: string, lens: Lens): string {
  const edge = index.edges.get(id)
  if (!edge) return ''
  const name = (end: string) => index.nodes.get(end)?.name ?? 'unknown'
  const port = edge.port === 0 ? plural(edge.merged, 'edge') : `port ${edge.port}`
  return `${name(edge.from)} to ${name(edge.to)}, ${port}, ${edgeClass(edge, lens).words}`
}
