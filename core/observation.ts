import type { EndpointRef } from './endpoint'
import type { Family } from './figures/family'
import type { Sketch } from './figures/sketch'
import type { EncryptionEvidence, L7Protocol, Protocol, Reporter, Verdict } from './verdict'

/**
 * The one thing that every source yields. Times are milliseconds since the epoch, fractions kept.
 * An observation is of the *call*: `from` is the caller and `port` the callee's, also where the
 * source saw the reply.
 */
export type Observation = FlowObservation | RequestObservation

type Common = {
  readonly time: number
  /** The counts are of [time, time + spanMs) and are spread over it evenly; absent: of one moment. At most an hour. */
  readonly spanMs?: number
  /** Which telemetry this is, where a source carries several (`istio` through Prometheus); absent: the source's own. */
  readonly family?: Family
  /** Names this record among all that its source ever sends; a replay after a crash is absorbed by it. 64 bits, unsigned. */
  readonly key: bigint
  /** Cluster where the observer is; an end may name another in its ref. */
  readonly cluster: string
  readonly reporter: Reporter
  readonly from: EndpointRef
  readonly to: EndpointRef
  readonly fromIp: string
  readonly toIp: string
  /** Destination port; 0 where the protocol has none or the source does not tell it. */
  readonly port: number
  readonly protocol: Protocol
  readonly verdict: Verdict
  /** Why it was denied, failed or not encrypted, in the source's own term (`POLICY_DENIED`, `port_skipped`); '' where nothing was. */
  readonly reason: string
  readonly encryption: EncryptionEvidence
  /** False: keep the record for the flow table, count nothing (replies, the second event of one denial). */
  readonly counts: boolean
  /** What the flow table keeps of this record, built when it is asked for (it costs more than counting); absent where the source has aggregates only. */
  readonly record?: () => FlowRecord
}

/** What is absent the source cannot know; it is never zero. */
export type FlowObservation = Common & {
  readonly type: 'flow'
  /** What the source calls a flow: events of Hubble, for others the connections that were opened or refused. */
  readonly flows?: number
  /** Connections opened. */
  readonly connections?: number
  /** Open connections × seconds that they were open: divided by the time it is how many were open on average. */
  readonly connectionSeconds?: number
  /** From the caller to the callee. */
  readonly bytesSent?: number
  /** From the callee to the caller. */
  readonly bytesReceived?: number
}

/**
 * Requests and responses are counted apart, because a source may see one without the other.
 * `latency`: milliseconds of one response, or a sketch of many.
 */
export type RequestObservation = Common & {
  readonly type: 'request'
  readonly l7: L7Protocol
  readonly requests: number
  readonly responses: number
  /** Responses blamed on the caller (HTTP 4xx, gRPC INVALID_ARGUMENT …, DNS NXDOMAIN). */
  readonly clientErrors: number
  /** Responses blamed on the callee (HTTP 5xx, gRPC UNAVAILABLE …, DNS SERVFAIL). */
  readonly serverErrors: number
  readonly latency?: number | Sketch
  /**
   * What was asked for, made by core/operations/operation-name.ts: `GET /users/{id}`, `shop.Cart/GetItem`,
   * `A catalog.shop.svc`. Absent where the source does not tell it.
   */
  readonly operation?: string
  /** The operation is as the application itself names it (`http.route`), so that no place of it is collapsed. */
  readonly named?: boolean
  /** The answer in the protocol's own word: `200`, `UNAVAILABLE`, `NXDOMAIN`. Absent where it is not told, and without a response. */
  readonly code?: string
  /** Response flags of a proxy (core/flows/response-flags.ts), joined by commas. */
  readonly flags?: string
  /** Of totals: the same told apart by operation and answer, in place of the four fields above. They add up to at most the counts above. */
  readonly answers?: readonly Answers[]
}

/** A part of totals: those of one operation that were answered in one way. */
export type Answers = Pick<
  RequestObservation,
  'operation' | 'named' | 'code' | 'flags' | 'requests' | 'responses' | 'clientErrors' | 'serverErrors'
> & { readonly latency?: Sketch }

/**
 * A raw record as the flow table shows it. `shape` holds every field that many records share
 * (labels, identities, node, event type), as JSON text with sorted keys, and is stored once;
 * `detail` holds what is this record's own, as JSON text. Together: every field that the source gave.
 */
export type FlowRecord = {
  readonly shape: string
  readonly detail: string
  readonly sourcePort: number
  /** HTTP status, gRPC status or DNS rcode; absent where there is none. */
  readonly status?: number
  /** One line for people: `GET /products/42`, `A catalog.shop.svc`, `SYN`. At most 200 characters. */
  readonly summary: string
}

/** A span in which data is known to be missing. `lost`: records, null where nobody can know. `to` null: still going on. */
export type Gap = {
  readonly cluster: string
  readonly from: number
  readonly to: number | null
  readonly cause: GapCause
  readonly lost: number | null
  /** Node or other part that the gap is about; '' for the whole source. */
  readonly part: string
}

export const gapCauses = [
  'source_down',
  'node_down',
  'lost_events',
  'collector_down',
  'overload',
  'malformed',
  'unknown',
] as const
export type GapCause = (typeof gapCauses)[number]
