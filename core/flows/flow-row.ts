import type { Endpoint } from '../endpoint'
import type { EncryptionEvidence, Hop, L7Protocol, Protocol, Reporter, Verdict } from '../verdict'

/** One raw record in the flow table. */
export type FlowRow = {
  /** Opaque id: `time-key`, for the detail and for paging. */
  readonly id: string
  readonly time: number
  readonly from: Endpoint
  readonly to: Endpoint
  readonly sourcePort: number
  readonly port: number
  readonly protocol: Protocol
  readonly l7: L7Protocol
  readonly verdict: Verdict
  readonly reason: string
  readonly encryption: EncryptionEvidence
  readonly hop: Hop
  readonly source: string
  readonly reporter: Reporter
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
}

/** The same record with every field that the source gave, `shape` and `detail` joined. */
export type FlowDetail = FlowRow & { readonly fields: Readonly<Record<string, unknown>> }

export type FlowPage = {
  readonly rows: readonly FlowRow[]
  /** Pass as `before` for the next older page; null at the end. */
  readonly before: string | null
  /** Pass as `after` to get the oldest of what is newer. */
  readonly after: string | null
  /** There may be more in the direction of the page: older ones, or newer ones with `after`. */
  readonly more: boolean
  /** Where the search stopped, milliseconds; null: the whole range was searched. */
  readonly searchedTo: number | null
}
