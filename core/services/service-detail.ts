import type { EdgeEncryption } from '../encryption/edge-encryption'
import type { Endpoint } from '../endpoint'
import type { Figures } from '../figures/figures'
import type { GraphEdge, GraphNode } from '../graph/graph'
import type { LatencySides } from './latency-sides'
import type { ToolLink } from '../links/link-template'
import type { Onsets } from '../health/onset-steps'
import type { Series } from '../series/series'
import type { TimeShares } from './time-shares'
import type { Verdict } from '../verdict'
import type { SourceFreshness, SourceGap } from '../world'
import type { Window } from '../time'

/** One row of callers or callees: an edge of the service, seen from it. */
export type ServiceEdge = Pick<
  GraphEdge,
  'id' | 'port' | 'protocol' | 'l7' | 'health' | 'why' | 'figures' | 'told' | 'passedOver' | 'encryption'
> & {
  /** The other end, and its key. */
  readonly other: Endpoint
  readonly key: string
  /** Requests of this edge ÷ those of its direction; flows where no edge has requests; null where unknown. */
  readonly share: number | null
  /** Of a callee: what it accounts for of the service's errors and time; null of callers. */
  readonly blame: BlameShare | null
}

/** Shares 0..1 of what the service answers its own callers, as core/health/blame-shares.ts tells them; null where unknown. */
export type BlameShare = {
  readonly errors: number | null
  readonly latency: number | null
  /** False: calls per request had to be guessed as one. */
  readonly exact: boolean
}

/** What did not get through on one edge, for one reason. */
export type Refusal = {
  readonly edge: string
  readonly other: Endpoint
  readonly direction: 'incoming' | 'outgoing'
  readonly port: number
  readonly verdict: Extract<Verdict, 'denied' | 'error' | 'audited'>
  /** In the source's own term; '' where it gives none. */
  readonly reason: string
  readonly events: number
}

/** Whether a service is there at all: it had traffic, it exists without, or nothing knows it. */
export type Presence = 'traffic' | 'idle' | 'absent'

/** What happened to one service in a window, and between it and those around it. */
export type ServiceDetail = Pick<
  GraphNode,
  'id' | 'type' | 'cluster' | 'namespace' | 'kind' | 'name' | 'role' | 'health' | 'why' | 'incoming' | 'outgoing'
> & {
  readonly window: Window
  readonly presence: Presence
  /** Names of the Services in front of it, and its pods as of the window's end; null where no inventory tells. */
  readonly services: readonly string[]
  readonly pods: number | null
  /** What came in over the window before, of the same length; null where too little of it is known. */
  readonly previous: Figures | null
  /** Of what comes in; of what goes out where nothing comes in. */
  readonly seriesOf: 'incoming' | 'outgoing'
  readonly series: Series
  /** The unwell and the strongest first, at most `maxRows` of `total`. */
  readonly callers: readonly ServiceEdge[]
  readonly callees: readonly ServiceEdge[]
  readonly total: { readonly callers: number; readonly callees: number }
  /** Of everything that comes in. */
  readonly encryption: EdgeEncryption
  readonly sides: LatencySides
  readonly time: TimeShares | null
  readonly refusals: readonly Refusal[]
  /** Since when its errors and its p95 are higher than before. */
  readonly onsets: Onsets
  /** Of a Service: the workloads behind it, whose traffic is not its own. */
  readonly behind: readonly Endpoint[]
  /** To other tools, about this endpoint and window. */
  readonly links: readonly ToolLink[]
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
}
