import type { Graph, GraphEdge } from '@/core/graph/graph'

/** Whether an edge asks for attention: it degrades, fails, or something on it was denied. */
export const isUnwell = ({ health, figures }: GraphEdge): boolean =>
  health === 'degraded' || health === 'failing' || (figures.verdicts.denied ?? 0) > 0

/** The graph with only its unwell edges and nodes, and the ends of those edges. */
export function unwellOnly(graph: Graph): Graph {
  const edges = graph.edges.filter(isUnwell)
  const ends = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
  const nodes = graph.nodes.filter(
    (node) => ends.has(node.id) || node.id === graph.focus || node.health === 'degraded' || node.health === 'failing',
  )
  return { ...graph, nodes, edges }
}
