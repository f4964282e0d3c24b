import { buildSeries } from '../series/build-series'
import type { Series, SeriesOptions } from '../series/series'
import type { StepRow } from '../series/step-row'

/** What the strip under the map shows: traffic, errors and denials of everything in the window, over time. */
export type Totals = Pick<
  Series,
  'window' | 'stepMs' | 't' | 'flowRate' | 'requestRate' | 'errorRatio' | 'deniedRate' | 'gaps'
> & {
  /** Start of the oldest data that is kept, milliseconds; null where there is none, or of a recording. */
  readonly firstData: number | null
}

/** Rows of every edge within the scope. O(rows + steps). */
export function buildTotals(rows: readonly StepRow[], options: SeriesOptions): Totals {
  const { window, stepMs, t, flowRate, requestRate, errorRatio, deniedRate, gaps } = buildSeries(rows, options)
  return {
    window,
    stepMs,
    t,
    flowRate,
    requestRate,
    errorRatio,
    deniedRate,
    gaps,
    firstData: options.firstData ?? null,
  }
}
