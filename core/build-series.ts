import { overlapMs, silentSpans } from './covered'
import { fuse } from './fuse'
import type { Series } from './series'
import { stepGrid, type StepRow } from './step-row'
import { addTally, emptyTally, figuresOf, type Tally } from './tally'
import type { Window } from './time'
import type { SourceFreshness, SourceGap } from './world'

export type SeriesOptions = {
  readonly window: Window
  readonly stepMs: number
  readonly gaps: readonly SourceGap[]
  readonly sources: readonly SourceFreshness[]
  /** Time of the first data that there is, milliseconds; before it nothing is known. */
  readonly firstData?: number | null
  /** Up to when data has arrived, milliseconds: after it a step without rows is unknown, not zero. */
  readonly lastData?: number | null
}

/** A step of which less than this share is covered tells too little to be drawn. */
const minCover = 0.2

/**
 * Figures over time of all edges that `rows` are of, summed. Rates are over the covered part of each
 * step, so that the last one and those beside a gap are not too low. A covered step in which nothing
 * was seen has rate 0 where the figure is known elsewhere in the window, and null where it never is.
 * O(rows + steps).
 */
export function buildSeries(rows: readonly StepRow[], options: SeriesOptions): Series {
  const grid = stepGrid(options.window, options.stepMs)
  const cover = coverOf(grid.t, options)
  const tallies = tallySteps(rows, grid.t.length, grid.at)
  const known = new Set(
    (['flows', 'requests', 'connections', 'bytesSent', 'bytesReceived'] as const).filter((figure) =>
      tallies.some((tally) => tally !== null && tally[figure] !== null),
    ),
  )
  const knows = (figure: 'flows' | 'requests' | 'connections' | 'bytesSent' | 'bytesReceived') => known.has(figure)
  const knowsVerdicts = tallies.some((tally) => tally !== null)

  const figures = tallies.map((tally, at) => {
    const seconds = cover[at] ?? 0
    return seconds > 0 && tally ? figuresOf(tally, seconds) : null
  })
  const each = <T>(value: (at: number, seconds: number) => T | null): (T | null)[] =>
    cover.map((seconds, at) => (seconds > 0 ? value(at, seconds) : null))
  return {
    window: options.window,
    stepMs: options.stepMs,
    t: grid.t,
    flowRate: each((at) => (knows('flows') ? (figures[at]?.flowRate ?? 0) : null)),
    connectionRate: each((at) => (knows('connections') ? (figures[at]?.connectionRate ?? 0) : null)),
    sentRate: each((at) => (knows('bytesSent') ? (figures[at]?.sentRate ?? 0) : null)),
    receivedRate: each((at) => (knows('bytesReceived') ? (figures[at]?.receivedRate ?? 0) : null)),
    requestRate: each((at) => (knows('requests') ? (figures[at]?.requestRate ?? 0) : null)),
    errorRatio: each((at) => figures[at]?.errorRatio ?? null),
    p50: each((at) => figures[at]?.p50 ?? null),
    p95: each((at) => figures[at]?.p95 ?? null),
    p99: each((at) => figures[at]?.p99 ?? null),
    deniedRate: each((at, seconds) => (knowsVerdicts ? (tallies[at]?.verdicts.denied ?? 0) / seconds : null)),
    gaps: options.gaps,
  }
}

/** Covered seconds of each step; 0 where too little is. */
function coverOf(
  t: readonly number[],
  { window, stepMs, gaps, sources, firstData, lastData }: SeriesOptions,
): number[] {
  const known = {
    from: Math.max(window.from, firstData ?? window.from),
    to: Math.min(window.to, lastData ?? window.to),
  }
  const silent = known.to > known.from ? silentSpans(known, gaps, sources.length) : []
  return t.map((start) => {
    const step = { from: Math.max(start, known.from), to: Math.min(start + stepMs, known.to) }
    const ms =
      Math.max(0, step.to - step.from) - (silent.length > 0 && step.to > step.from ? overlapMs(step, silent) : 0)
    return ms < stepMs * minCover ? 0 : ms / 1000
  })
}

/** One tally per step, null where nothing was seen. Each edge is fused by itself, then edges are added. */
function tallySteps(rows: readonly StepRow[], steps: number, at: (t: number) => number): (Tally | null)[] {
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
