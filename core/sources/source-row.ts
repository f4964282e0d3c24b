import type { SourceFreshness, SourceGap } from '../world'

/** A source on the Sources page. */
export type SourceRow = SourceFreshness & {
  readonly title: string
  readonly target: string
  readonly message: string
  /** Records a second over the last minute; null before the first minute. */
  readonly rate: number | null
  /** Milliseconds from the newest event to when it was read; null without events. */
  readonly lagMs: number | null
  readonly records: number
  readonly malformed: number
  readonly facts: Readonly<Record<string, string | number>>
  /** Newest first, at most 50. */
  readonly gaps: readonly SourceGap[]
  /** Lost records by cause over the last 24 h, as far as they are known; of `uncounted` gaps nobody knows how many. */
  readonly lost: readonly {
    readonly cause: string
    readonly records: number | null
    readonly gaps: number
    readonly uncounted: number
  }[]
}

/** An imported capture. */
export type RecordingRow = {
  readonly id: number
  readonly name: string
  readonly sourceType: string
  readonly cluster: string
  readonly createdAt: number
  readonly from: number | null
  readonly to: number | null
  readonly linesRead: number
  readonly linesUsed: number
  readonly skipped: Readonly<Record<string, number>>
}

export type SourcesAnswer = {
  readonly sources: readonly SourceRow[]
  readonly recordings: readonly RecordingRow[]
  /** Kubernetes kinds and whether they can be read. */
  readonly inventory: readonly {
    readonly cluster: string
    readonly kind: string
    readonly state: SourceFreshness['state']
    readonly message: string
    /** null: not told to who sees a part of the cluster only. */
    readonly objects: number | null
  }[]
}
