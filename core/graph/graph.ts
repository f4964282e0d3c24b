import type { EndpointType } from '../endpoint'
import type { EdgeEncryption } from '../encryption/edge-encryption'
import type { View } from '../figures/family'
import type { Figures, Health } from '../figures/figures'
import type { Told } from '../witness/fuse'
import type { Role } from '../inventory/role'
import type { SourceFreshness, SourceGap } from '../world'
import type { Window } from '../time'
import type { L7Protocol, Protocol } from '../verdict'

/** What a node stands for, the coarsest first. */
export const levels = ['cluster', 'team', 'namespace', 'app', 'workload', 'service'] as const
export type Level = (typeof levels)[number]

/** Nobody told any figure. */
export const toldByNobody: GraphEdge['told'] = {
  requests: null,
  responses: null,
  flows: null,
  connections: null,
  bytes: null,
}

/** Types of nodes that hold others: whole namespaces, teams and clusters, by level or because they were folded. */
export const groupTypes = ['namespace', 'team', 'cluster'] as const
export type GroupType = (typeof groupTypes)[number]

export const isGroup = (type: GraphNode['type']): type is GroupType =>
  type === 'namespace' || type === 'team' || type === 'cluster'

/** A node of the drawn graph: an endpoint, a Service, an application, or a group. */
export type GraphNode = {
  /** endpointKey, also of a group (`cluster/namespace/Namespace/namespace`, `cluster//Team/team`); stable between refreshes. */
  readonly id: string
  readonly type: EndpointType | GroupType | 'app'
  readonly cluster: string
  readonly namespace: string
  readonly kind: string
  readonly name: string
  /** The team of its namespace; null where none is known. */
  readonly team: string | null
  /** Endpoints inside (1 unless folded). */
  readonly members: number
  /** A database, cache, queue or search index, told by port or name; drawn as a box. */
  readonly dataStore: boolean
  /** A gateway of the cluster or mesh, or a waypoint proxy; null for most. */
  readonly role: Role | null
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
  /** Who told each figure, as in `witnesses`; null where nobody knows it. Of merged edges, who told it for most. */
  readonly told: Readonly<Record<keyof Told, string | null>>
  /** Who would have told, had its source not been away for a part of the window. */
  readonly passedOver: readonly string[]
  /** What protected its traffic. */
  readonly encryption: EdgeEncryption
  /** Where it was seen; a view that the cluster has and that is not here did not see it. */
  readonly seen: readonly View[]
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
  /** Where anything of this World was seen. */
  readonly views: readonly View[]
  /** Id of the node that the graph is drawn around; null for the whole graph. */
  readonly focus: string | null
  /** Regions shown as one node: namespaces (`cluster/namespace`) and teams (`cluster/team:name`). */
  readonly folded: readonly string[]
  /** True when folding was decided by the size of the graph and not by the viewer. */
  readonly foldedBySize: boolean
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
}
