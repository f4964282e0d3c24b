import { overlapMs, silentSpans, toldPart } from './covered'
import type { SeriesOptions } from './series'
import type { StepRow } from './step-row'
import { sourceParts } from '../witness/witness'

/** A step of which less than this share is covered tells too little to be drawn. */
const minCover = 0.2

/** Covered seconds of each step; 0 where too little is. */
export type StepCover = readonly number[]

/**
 * Covered seconds of the steps that start at `t`, by what tells a figure: the sources of those rows
 * that `tells` is true of, in the clusters of the edges. That another source was there says nothing about
 * what it never sees, and what comes after the newest event of all is yet to be told. O(rows + steps × gaps).
 */
export function coverBy(
  rows: readonly StepRow[],
  tells: (row: StepRow) => boolean,
  t: readonly number[],
  options: SeriesOptions,
): StepCover {
  const types = new Set<string>()
  for (const row of rows) if (tells(row)) types.add(sourceParts(row.facet.source).transport)
  const { clusters } = options
  const near = clusters ? options.sources.filter(({ cluster }) => clusters.has(cluster)) : options.sources
  const own = near.filter(({ type }) => types.has(type))
  const sources = own.length > 0 ? own : near.length > 0 ? near : options.sources
  const ids = new Set(sources.map(({ id }) => id))
  // Where no source is known (a recording) the gaps are all that there are.
  const gaps = sources.length === 0 ? options.gaps : options.gaps.filter(({ source }) => ids.has(source))
  const { window, stepMs, firstData, lastData } = options
  const known = {
    from: Math.max(window.from, firstData ?? window.from, toldFrom(sources)),
    to: Math.min(toldPart(window, sources).to, lastData ?? window.to),
  }
  const silent = known.to > known.from ? silentSpans(known, gaps, sources.length) : []
  return t.map((start) => {
    const step = { from: Math.max(start, known.from), to: Math.min(start + stepMs, known.to) }
    const ms =
      Math.max(0, step.to - step.from) - (silent.length > 0 && step.to > step.from ? overlapMs(step, silent) : 0)
    return ms < stepMs * minCover ? 0 : ms / 1000
  })
}

/** Oldest that any of the sources told. */
const toldFrom = (sources: SeriesOptions['sources']): number =>
  sources.length === 0
    ? 0
    : sources.reduce((min, { firstEventAt }) => Math.min(min, firstEventAt ?? Infinity), Infinity)
