import { tallySteps } from '../series/build-series'
import { errorOnset, latencyOnset, type Onset, type Point } from './onset'
import { stepGrid, type StepRow } from '../series/step-row'
import { percentilesOfTally, type Tally } from '../figures/tally'
import type { Window } from '../time'

export type Onsets = { readonly errors: Onset | null; readonly p95: Onset | null }

export type OnsetsOptions = {
  readonly window: Window
  readonly stepMs: number
  /** From this share of errors, and this p95 in milliseconds, it is unwell whatever it was before. */
  readonly limits?: { readonly errors: number | null; readonly p95: number | null }
}

/** Fewer responses have no 95th percentile to speak of. */
const leastResponses = 5

/** Since when the errors and the p95 of all these edges together are higher than before. A step without responses is unknown. O(rows + steps²). */
export function onsetsOf(rows: readonly StepRow[], { window, stepMs, limits }: OnsetsOptions): Onsets {
  const grid = stepGrid(window, stepMs)
  const tallies = tallySteps(rows, grid.t.length, grid.at)
  const pointsOf = (value: (tally: Tally) => number | null, least: number): Point[] =>
    tallies.flatMap((tally, at) => {
      const responses = tally?.responses ?? 0
      const known = tally && responses >= least ? value(tally) : null
      return known === null ? [] : [{ t: grid.t[at] ?? 0, value: known, weight: responses }]
    })
  const errors = pointsOf(
    ({ serverErrors, responses }) => (serverErrors === null ? null : serverErrors / (responses || 1)),
    1,
  )
  const p95 = pointsOf((tally) => percentilesOfTally(tally)[1], leastResponses)
  return {
    errors: errorOnset(errors, { stepMs, limit: limits?.errors }),
    p95: latencyOnset(p95, { stepMs, limit: limits?.p95 }),
  }
}
