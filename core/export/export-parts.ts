import type { Health } from '../figures/figures'
import type { Graph, GraphEdge, GraphNode } from '../graph/graph'
import { clean } from '../text/text'

/** The part of a graph that a text export holds, and what was left out. */
export type ExportPart = {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** `showing 400 of 3,412 edges`; '' where nothing is left out. */
  readonly note: string
}

const rank: Readonly<Record<Health, number>> = { failing: 3, degraded: 2, unknown: 1, healthy: 0 }
const maxName = 80

/**
 * At most `maxEdges` edges of what is drawn: the unwell, then the strongest, with their ends; nodes without
 * an edge stay while there are fewer than `maxEdges`. The note counts what the graph itself left out too.
 */
export function exportPart(graph: Graph, maxEdges: number): ExportPart {
  const weight = ({ figures }: GraphEdge) => figures.requestRate ?? figures.flowRate ?? 0
  const kept =
    graph.edges.length <= maxEdges
      ? graph.edges
      : graph.edges
          .toSorted((a, b) => rank[b.health] - rank[a.health] || weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
          .slice(0, maxEdges)
  const ends = new Set(kept.flatMap((edge) => [edge.from, edge.to]))
  const nodes =
    kept === graph.edges && graph.nodes.length <= maxEdges
      ? graph.nodes
      : graph.nodes.filter((node) => ends.has(node.id))
  const all = Math.max(graph.total.edges, graph.edges.length)
  return { nodes, edges: kept, note: kept.length < all ? `showing ${kept.length} of ${all} edges` : '' }
}

/** Nodes by the region that they stand in (`cluster/namespace`), regions in order; '' holds those that stand alone. */
export function byRegion(
  nodes: readonly GraphNode[],
): readonly (readonly [region: string, nodes: readonly GraphNode[]])[] {
  const regions = new Map<string, GraphNode[]>()
  for (const node of nodes) {
    const alone = node.namespace === '' || node.type === 'namespace'
    const region = alone ? '' : `${node.cluster}/${node.namespace}`
    regions.set(region, [...(regions.get(region) ?? []), node])
  }
  return [...regions].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** A name of a stranger as one short line. */
export const nameText = (name: string): string => clean(name, maxName)

/** `HTTP 8080 · 12.5/s · 6.1 %`: what an edge carries, in few words. */
export function edgeWords({ port, l7, protocol, figures, merged }: GraphEdge): string {
  const name = l7 === 'none' || l7 === 'unknown' ? protocol : l7
  const rate = figures.requestRate ?? figures.flowRate
  return [
    port === 0 ? (merged > 1 ? `${merged} edges` : name) : `${name} ${port}`,
    rate === null ? null : `${short(rate)}/s`,
    figures.errorRatio !== null && figures.errorRatio > 0 ? `${short(figures.errorRatio * 100)} % errors` : null,
    figures.p95 === null ? null : `p95 ${short(figures.p95)} ms`,
    figures.verdicts.denied ? `${figures.verdicts.denied} denied` : null,
  ]
    .filter((word) => word !== null)
    .join(' · ')
}

/** Three digits, no exponent. */
const short = (value: number): string =>
  value === 0 ? '0' : value < 0.01 ? '<0.01' : String(Number(value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)))
