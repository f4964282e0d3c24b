import type { SourceGap } from '../world'
import type { Window } from '../time'

/** A row of a heat map: latencies from `low` to `high` milliseconds; null: no upper bound. */
export type HeatRow = { readonly low: number; readonly high: number | null }

/** How long responses took over time: a column per step, a row per range of latency, the shortest first. */
export type HeatMap = {
  readonly window: Window
  readonly stepMs: number
  /** Start of each column, milliseconds. */
  readonly t: readonly number[]
  /** At most `maxHeatRows`. */
  readonly rows: readonly HeatRow[]
  /** Responses per column and row; null where nothing is known of the step. */
  readonly counts: readonly (readonly number[] | null)[]
  /** All of them together. */
  readonly responses: number
  /** From this latency on (milliseconds) responses are slow. */
  readonly slowFrom: number
  readonly gaps: readonly SourceGap[]
}

export const maxHeatRows = 40
