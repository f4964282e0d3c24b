import type { Graph, GraphEdge, GraphNode } from '@/core/graph/graph'
import type { DecisionClass, LensNode, PolicyLens } from '@/core/policy/pages/policy-lens'

/** An edge with what the policies decide on it, and a node with whom they isolate in it; absent where that is not asked or not known. */
export type DecidedEdge = GraphEdge & { readonly decided?: DecisionClass }
export type CoveredNode = GraphNode & { readonly cover?: LensNode }

/** The graph with what policies say of its parts. Edges of clusters whose policies are not known stay as they are. */
export function withDecisions(graph: Graph, { clusters, edges, nodes }: PolicyLens): Graph {
  const decided = new Map(edges.map(({ id, is }) => [id, is]))
  const covers = new Map(nodes.map((node) => [node.id, node]))
  const known = new Set(clusters)
  const clusterOf = new Map(graph.nodes.map(({ id, cluster }) => [id, cluster]))
  const isKnown = ({ from, to }: GraphEdge) => [from, to].some((end) => known.has(clusterOf.get(end) ?? ''))
  return {
    ...graph,
    nodes: graph.nodes.map((node): CoveredNode => {
      const cover = covers.get(node.id)
      return cover ? { ...node, cover } : node
    }),
    edges: graph.edges.map((edge): DecidedEdge =>
      isKnown(edge) ? { ...edge, decided: decided.get(edge.id) ?? 'undecidable' } : edge,
    ),
  }
}

/** `2 of 3 in, none out`: how many of its workloads are isolated. */
export function coverWords({ workloads, ingress, egress }: LensNode): string {
  const part = (count: number) => (count === 0 ? 'none' : count === workloads ? 'all' : `${count} of ${workloads}`)
  if (workloads === 1) return `${ingress ? 'isolated' : 'open'} in, ${egress ? 'isolated' : 'open'} out`
  return `${part(ingress)} isolated in, ${part(egress)} out`
}
