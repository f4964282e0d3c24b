import { fuse } from '../witness/fuse'
import type { Series, SeriesOptions } from './series'
import { coverBy } from './series-cover'
import { stepGrid, type StepRow } from './step-row'
import { addTally, emptyTally, figuresOf, percentilesOfTally, type Tally } from '../figures/tally'

/**
 * Figures over time of all edges that `rows` are of, summed. Rates are over the covered part of each
 * step, so that the last one and those beside a gap are not too low. A covered step in which nothing
 * was seen has rate 0 where the figure is known elsewhere in the window, and null where it never is
 * or where those who know it did not look.
 * O(rows + steps).
 */
export function buildSeries(rows: readonly StepRow[], options: SeriesOptions): Series {
  const grid = stepGrid(options.window, options.stepMs)
  const tallies = tallySteps(rows, grid.t.length, grid.at)
  const cover = coverBy(rows, () => true, grid.t, options)
  const figures = tallies.map((tally, at) => tally && figuresOf(tally, cover[at] || options.stepMs / 1000))
  const rate = (figure: Counted) => rateOf(figure, rows, tallies, grid.t, options)
  const each = (value: (at: number) => number | null | undefined): (number | null)[] =>
    cover.map((seconds, at) => (seconds > 0 ? (value(at) ?? null) : null))
  const knowsVerdicts = tallies.some((tally) => tally !== null)
  return {
    window: options.window,
    stepMs: options.stepMs,
    t: grid.t,
    flowRate: rate('flows'),
    connectionRate: rate('connections'),
    sentRate: rate('bytesSent'),
    receivedRate: rate('bytesReceived'),
    requestRate: rate('requests'),
    errorRatio: each((at) => figures[at]?.errorRatio),
    p50: each((at) => figures[at]?.p50),
    p95: each((at) => figures[at]?.p95),
    p99: each((at) => figures[at]?.p99),
    deniedRate: each((at) => (knowsVerdicts ? (tallies[at]?.verdicts.denied ?? 0) / (cover[at] ?? 1) : null)),
    gaps: options.gaps,
  }
}

/** The few figures of a small chart, as buildSeries gives them: requests per second, or flows where none were seen. O(rows + steps). */
export function buildSparks(
  rows: readonly StepRow[],
  options: SeriesOptions,
): Record<'requests' | 'errorRatio' | 'p95', readonly (number | null)[]> {
  const grid = stepGrid(options.window, options.stepMs)
  const tallies = tallySteps(rows, grid.t.length, grid.at)
  const figure = tallies.some((tally) => (tally?.requests ?? 0) > 0) ? 'requests' : 'flows'
  const cover = coverBy(rows, () => true, grid.t, options)
  const each = (value: (tally: Tally) => number | null): (number | null)[] =>
    tallies.map((tally, at) => (tally && (cover[at] ?? 0) > 0 ? value(tally) : null))
  return {
    requests: rateOf(figure, rows, tallies, grid.t, options),
    errorRatio: each(({ serverErrors, responses }) =>
      responses && serverErrors !== null ? serverErrors / responses : null,
    ),
    p95: each((tally) => percentilesOfTally(tally)[1]),
  }
}

type Counted = 'flows' | 'connections' | 'bytesSent' | 'bytesReceived' | 'requests'

/** A count over the seconds that those told of who know it: zero where they saw none, unknown where they did not look. */
function rateOf(
  figure: Counted,
  rows: readonly StepRow[],
  tallies: readonly (Tally | null)[],
  t: readonly number[],
  options: SeriesOptions,
): (number | null)[] {
  if (!tallies.some((tally) => tally !== null && tally[figure] !== null)) return t.map(() => null)
  const told = coverBy(rows, (row) => row[figure] !== null, t, options)
  return told.map((seconds, at) => (seconds > 0 ? (tallies[at]?.[figure] ?? 0) / seconds : null))
}

/** One tally per step, null where nothing was seen. Each edge is fused by itself, then edges are added. O(rows + steps). */
export function tallySteps(rows: readonly StepRow[], steps: number, at: (t: number) => number): (Tally | null)[] {
  const tallies: (Tally | null)[] = Array.from({ length: steps }, () => null)
  const byEdge = new Map<number, StepRow[]>()
  for (const row of rows) {
    const step = at(row.t)
    if (step < 0) continue
    const key = row.edgeId * steps + step
    const own = byEdge.get(key)
    if (own) own.push(row)
    else byEdge.set(key, [row])
  }
  for (const [key, own] of byEdge) addTally((tallies[key % steps] ??= emptyTally()), fuse(own).tally)
  return tallies
}
