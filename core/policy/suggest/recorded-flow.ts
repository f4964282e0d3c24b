import type { End } from '../decision'
import type { Protocol } from '../ports'

/** A connection that was seen, with how often and when. Ends are those of the time of the flow. */
export type RecordedFlow = {
  readonly from: RecordedEnd
  /** A Service by its name, or by its address (before it was replaced by that of a pod) as an external end. */
  readonly to: RecordedEnd | ServiceEnd
  readonly protocol: Protocol
  /** On the destination; a name is looked up there. null: none, or not known. */
  readonly port: number | string | null
  readonly sourcePort?: number
  /** Whether the ends proved who they are with mTLS; absent: not told. */
  readonly mtls?: boolean
  /** Whether it goes back to who opened the connection. */
  readonly reply: 'yes' | 'no' | 'unknown'
  readonly observed: 'forwarded' | 'dropped' | 'unknown'
  readonly evidence: Evidence
}

/** hidden: the asker may not see it. not-known: no source told it. */
export type RecordedEnd = End | { readonly type: 'unknown'; readonly why: 'hidden' | 'not-known' }

export type ServiceEnd = { readonly type: 'service'; readonly namespace: string; readonly name: string }

export type Evidence = {
  /** Connections. */
  readonly count: number
  /** Milliseconds since the epoch. */
  readonly first: number
  readonly last: number
  /** Distinct days, UTC. */
  readonly days: number
}

/** Of both together. On how many days one of them was seen is not known; at least on those of either. */
export const mergeEvidence = (a: Evidence, b: Evidence): Evidence => ({
  count: a.count + b.count,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  days: Math.max(a.days, b.days),
})

/** null: of nothing. */
export const evidenceOf = (all: readonly Evidence[]): Evidence | null =>
  all.reduce<Evidence | null>((sum, one) => (sum ? mergeEvidence(sum, one) : one), null)
