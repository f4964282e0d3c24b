import type { EndpointType } from './endpoint'
import type { Figures, Health } from './figures'
import type { SourceFreshness, SourceGap } from './world'
import type { Window } from './time'
import type { L7Protocol, Protocol } from './verdict'

export const levels = ['namespace', 'workload', 'service'] as const
export type Level = (typeof levels)[number]

/** A node of the drawn graph: an endpoint, a Service, or a whole namespace (level `namespace`, or a folded region). */
export type GraphNode = {
  /** endpointKey, or `cluster/namespace/Namespace/namespace` for a folded one; stable between refreshes. */
  readonly id: string
  readonly type: EndpointType | 'namespace'
  readonly cluster: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  /** Endpoints inside (1 unless folded). */
  readonly members: number
  /** A database, cache, queue or search index, told by port or name; drawn as a box. */
  readonly dataStore: boolean
  readonly health: Health
  /** Why it has this health, as one sentence; '' where healthy. */
  readonly why: string
  /** What comes in; null when nothing does. */
  readonly incoming: Figures | null
  readonly outgoing: Figures | null
}

export type GraphEdge = {
  /** `from|to|port|protocol`, stable between refreshes. */
  readonly id: string
  readonly from: string
  readonly to: string
  /** 0 where several ports were merged by folding. */
  readonly port: number
  readonly protocol: Protocol
  readonly l7: L7Protocol
  /** Underlying edges (1 unless merged). */
  readonly merged: number
  readonly health: Health
  readonly why: string
  readonly figures: Figures
  /** `source/reporter` of the witness of requests (or of flows without requests), then of who else saw it. */
  readonly witnesses: readonly string[]
}

export type Graph = {
  readonly window: Window
  readonly level: Level
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** How much there is when the cap or the filter hides some. */
  readonly total: { readonly nodes: number; readonly edges: number }
  /** Machines of the cluster (kind `Node`) that match and are left out, with their edges. */
  readonly hiddenNodes: number
  /** Namespaces (`cluster/namespace`) shown as one node. */
  readonly folded: readonly string[]
  /** True when folding was decided by the size of the graph and not by the viewer. */
  readonly foldedBySize: boolean
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
}
