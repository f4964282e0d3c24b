import type { EncryptionGround } from './encryption/ground'
import type { Endpoint } from './endpoint'
import type { Gap } from './observation'
import type { Role } from './inventory/role'
import type { Restart } from './marks/restart'
import type { Sketch } from './figures/sketch'
import type { Teams } from './team'
import type { Window } from './time'
import type { ToleranceRule } from './health/tolerances'
import type { EncryptionEvidence, Hop, L7Protocol, Protocol, Reporter, Verdict } from './verdict'

/** What one bucket row counts: who saw it, what happened, with which evidence. */
export type Facet = {
  /** As core/figures/family.ts labels it: `hubble`, `prometheus:istio`. */
  readonly source: string
  readonly reporter: Reporter
  readonly verdict: Verdict
  readonly reason: string
  readonly l7: L7Protocol
  readonly encryption: EncryptionEvidence
  readonly hop: Hop
}

/** Counters of one row. null is unknown (the source cannot know), never zero. */
export type Counters = {
  readonly flows: number | null
  readonly connections: number | null
  /** Open connections × seconds; see core/observation.ts. */
  readonly connectionSeconds: number | null
  readonly bytesSent: number | null
  readonly bytesReceived: number | null
  readonly requests: number | null
  readonly responses: number | null
  readonly clientErrors: number | null
  readonly serverErrors: number | null
  readonly latency: Sketch | null
}

/** All traffic from one endpoint to another on one destination port and protocol. */
export type Edge = {
  readonly id: number
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
}

/** Everything that one facet of an edge counted in the window. */
export type EdgeRow = { readonly facet: Facet } & Counters

/** `joined`: ids of further stored edges whose rows are here too, because they are the same traffic (core/witness/join-edges.ts). */
export type WorldEdge = {
  readonly edge: Edge
  readonly rows: readonly EdgeRow[]
  readonly joined?: readonly number[]
}

/** Ids of all stored edges behind this one. */
export const storedIds = ({ edge, joined = [] }: WorldEdge): readonly number[] => [edge.id, ...joined]

/** Seconds that each type of source (`hubble`, `prometheus`) told of. */
export type Cover = ReadonlyMap<string, number>

/** Covers of the clusters of both ends of an edge; null where nobody watches the cluster. */
export type EdgeCover = { readonly from: Cover | null; readonly to: Cover | null }

/** A gap as the World knows it: which source instance it is of. */
export type SourceGap = Gap & { readonly source: string }

/** How fresh a source is, as far as a page must know it to be honest. */
export type SourceFreshness = {
  readonly id: string
  readonly type: string
  readonly cluster: string
  readonly state: SourceState
  readonly stateSince: number
  /** Oldest and newest that it told of, milliseconds; null where it never told anything. */
  readonly firstEventAt: number | null
  readonly lastEventAt: number | null
  /** `lastEventAt`, or later where it is known that nothing happened since. */
  readonly toldUntil: number | null
}

export const sourceStates = ['starting', 'running', 'idle', 'retrying', 'stopped', 'failed'] as const
export type SourceState = (typeof sourceStates)[number]

/** Workloads and services that exist, whether or not they have traffic. `services` are those whose selector or slices reach the workload. */
export type InventoryItem = {
  readonly endpoint: Endpoint
  /** Names of the Services (same namespace) in front of this workload. */
  readonly services: readonly string[]
  readonly pods: number
  /** What it is for others; null for most. */
  readonly role: Role | null
  /** The application that its labels name; null where they name none. */
  readonly app: string | null
  /** Its annotation `oriel.dev/health`, else that of its namespace; absent without. */
  readonly health?: string
}

/** What was usual for an edge or a service before the window. Of several parts of the past the median, so that trouble in one of them is none of it. */
export type Usual = {
  /** Responses of all parts together. */
  readonly responses: number
  /** Server errors ÷ responses, 0..1; null where too few responses tell. */
  readonly errorRatio: number | null
  /** Errors blamed on the caller ÷ responses, 0..1; null where too few responses tell. Of DNS: NXDOMAIN. */
  readonly clientErrorRatio: number | null
  /** Milliseconds; null where too few responses tell. */
  readonly p95: number | null
  /** Of all parts together. */
  readonly latency: Sketch | null
  /** Requests and flows per second of the time that was covered; null where they were never seen. */
  readonly requestRate: number | null
  readonly flowRate: number | null
  /** In how many parts of the past it was seen. */
  readonly parts: number
}

export type UsualEdge = Usual & {
  readonly edge: Edge
  /** Share that was in plaintext of that of which encryption is known; null where nothing told. */
  readonly plaintext: number | null
  /** Flows that were denied. */
  readonly denied: number
}

/** The past that a World is held against. */
export type Baseline = {
  readonly window: Window
  /** In how many parts it is held. */
  readonly parts: number
  /** Covered seconds of it. */
  readonly seconds: number
  /** By endpointKey, what came in. */
  readonly nodes: ReadonlyMap<string, Usual>
  /** By id of each stored edge. */
  readonly edges: ReadonlyMap<number, UsualEdge>
}

/**
 * What is known about a window, within a scope. Immutable; loaded once by server/world.ts, and all
 * that pages show is a pure function of it.
 */
export type World = {
  readonly window: Window
  /** Seconds of the window that have data: its length less the whole-source gaps and the time before the first data. */
  readonly coveredSeconds: number
  /** The same of each cluster by its own sources; empty for a recording, which has none. */
  readonly clusterSeconds: ReadonlyMap<string, number>
  /** Seconds of the window that each type of source told of, by cluster; empty for a recording. */
  readonly sourceSeconds: ReadonlyMap<string, Cover>
  readonly edges: readonly WorldEdge[]
  readonly inventory: readonly InventoryItem[]
  readonly teams: Teams
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
  /** What was usual before the window; null where nothing is known of it, absent where nobody asked. */
  readonly baseline?: Baseline | null
  /** Over which ground the traffic ran; absent where nothing of it can be read (a recording). */
  readonly ground?: EncryptionGround
  /** Restarts of containers in the window and the hour before it; absent where nobody asked. */
  readonly restarts?: readonly Restart[]
  /** What is asked, by id of the edge; absent where no filter asks for it. */
  readonly operations?: ReadonlyMap<number, readonly string[]>
  /** Rules of the configuration by which health is judged. */
  readonly tolerances?: readonly ToleranceRule[]
}

/** Of no time and without traffic. */
export const emptyWorld: World = {
  window: { from: 0, to: 0 },
  coveredSeconds: 0,
  clusterSeconds: new Map(),
  sourceSeconds: new Map(),
  edges: [],
  inventory: [],
  teams: new Map(),
  gaps: [],
  sources: [],
}
