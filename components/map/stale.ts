import type { Graph } from '@/core/graph/graph'
import { withoutHealth } from '../use-stale'

/** The same graph with every claim about health withdrawn. */
export const staleGraph = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map(withoutHealth),
  edges: graph.edges.map(withoutHealth),
})
