import type { Difference } from '@/core/compare/compare'
import type { Comparison } from '@/core/compare/compare-graphs'
import { unknownFigures } from '@/core/figures/figures'
import type { Graph, GraphEdge, GraphNode } from '@/core/graph/graph'

/** What is gone is drawn as a ghost: nothing is known of it now. */
const ghostEdge = (edge: GraphEdge): GraphEdge => ({
  ...edge,
  health: 'unknown',
  why: 'Gone: it was seen before',
  figures: unknownFigures,
})
const ghostNode = (node: GraphNode): GraphNode => ({
  ...node,
  health: 'unknown',
  why: 'Gone: it was seen before',
  incoming: null,
  outgoing: null,
})

/**
 * The graph with what is gone in it, so that it is laid out, found and read like the rest; `only` leaves the edges
 * that differ in this way, and their ends. The order stays that of ids, on which the drawing relies.
 */
export function withComparison(graph: Graph, { gone, edges: compared }: Comparison, only: Difference | null): Graph {
  const known = new Set(graph.nodes.map(({ id }) => id))
  const drawn = new Set(graph.edges.map(({ id }) => id))
  const ghosts = gone.nodes.filter(({ id }) => !known.has(id)).map(ghostNode)
  for (const { id } of ghosts) known.add(id)
  const lost = gone.edges.filter(({ id, from, to }) => !drawn.has(id) && known.has(from) && known.has(to))
  const nodes = [...graph.nodes, ...ghosts].sort(byKey(({ id }) => [id]))
  const edges = [...graph.edges, ...lost.map(ghostEdge)].sort(byKey(({ id, from, to }) => [from, to, id]))
  if (only === null) return { ...graph, nodes, edges }
  const wanted = new Set(compared.filter(({ differences }) => differences.includes(only)).map(({ id }) => id))
  const kept = edges.filter(({ id }) => wanted.has(id))
  const ends = new Set(kept.flatMap(({ from, to }) => [from, to]))
  return { ...graph, nodes: nodes.filter(({ id }) => ends.has(id)), edges: kept }
}

function byKey<T>(key: (item: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const [x, y] = [key(a), key(b)]
    const at = x.findIndex((part, i) => part !== y[i])
    return at < 0 ? 0 : (x[at] ?? '') < (y[at] ?? '') ? -1 : 1
  }
}
