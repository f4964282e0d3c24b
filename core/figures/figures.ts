import type { Verdict } from '../verdict'

/**
 * The figures of an edge, a node or a service over a window, after one witness was chosen for each
 * (core/witness/fuse.ts). Rates are per second of covered time. null is unknown, never zero.
 */
export type Figures = {
  /** Observed flow events per second (for Hubble: events, neither packets nor connections). */
  readonly flowRate: number | null
  /** Connections opened per second. */
  readonly connectionRate: number | null
  /** Connections that were open, on average. */
  readonly openConnections: number | null
  /** Bytes per second from the caller to the callee. */
  readonly sentRate: number | null
  /** Bytes per second from the callee to the caller. */
  readonly receivedRate: number | null
  readonly requestRate: number | null
  /** Requests in the window. */
  readonly requests: number | null
  readonly responses: number | null
  readonly clientErrors: number | null
  readonly serverErrors: number | null
  /** serverErrors ÷ responses, 0..1; null without responses. */
  readonly errorRatio: number | null
  /** Milliseconds, from merged histograms; null without latency. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Flow events (requests where only those are known) by verdict; a verdict that was not seen is absent. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
}

/** How an edge or node is doing. `unknown`: nothing tells; it is not healthy. */
export const healths = ['unknown', 'healthy', 'degraded', 'failing'] as const
export type Health = (typeof healths)[number]

/** Figures of which nothing is known. */
export const unknownFigures: Figures = {
  flowRate: null,
  connectionRate: null,
  openConnections: null,
  sentRate: null,
  receivedRate: null,
  requestRate: null,
  requests: null,
  responses: null,
  clientErrors: null,
  serverErrors: null,
  errorRatio: null,
  p50: null,
  p95: null,
  p99: null,
  verdicts: {},
}
