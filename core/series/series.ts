import type { SourceFreshness, SourceGap } from '../world'
import type { Window } from '../time'

/**
 * Figures over time for charts. `t` holds the start of each step in milliseconds; every other array
 * has one value per step, null where the step lies in a gap or the figure is unknown.
 */
export type Series = {
  readonly window: Window
  readonly stepMs: number
  readonly t: readonly number[]
  readonly flowRate: readonly (number | null)[]
  readonly connectionRate: readonly (number | null)[]
  /** Bytes per second from caller to callee, and back. */
  readonly sentRate: readonly (number | null)[]
  readonly receivedRate: readonly (number | null)[]
  readonly requestRate: readonly (number | null)[]
  readonly errorRatio: readonly (number | null)[]
  readonly p50: readonly (number | null)[]
  readonly p95: readonly (number | null)[]
  readonly p99: readonly (number | null)[]
  /** Denied flow events per second. */
  readonly deniedRate: readonly (number | null)[]
  readonly gaps: readonly SourceGap[]
}

/** What a series is of, and what is known of the time. */
export type SeriesOptions = {
  readonly window: Window
  readonly stepMs: number
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
  /** Clusters of the edges: only sources there can tell of them. Absent: any. */
  readonly clusters?: ReadonlySet<string>
  /** Time of the first data that there is, milliseconds; before it nothing is known. */
  readonly firstData?: number | null
  /** Up to when data has arrived, milliseconds: after it a step without rows is unknown, not zero. */
  readonly lastData?: number | null
}
