import { keyOfText } from '@/collectors/kit/key'
import type { HistogramSample, Labels, Sample } from './family'
import { type Snapshot, grownHistogram, snapshotOf } from './histogram'

type Known = {
  readonly metric: string
  readonly labels: Labels
  /** Names the series for ever, and is short; part of the key of each growth. */
  readonly name: string
  /** When it was last seen; null before the first time. */
  time: number | null
}

/** One series and its last value. */
export type NumberSeries = Known & { readonly kind: 'counter' | 'gauge'; value: number }

/** One histogram; its buckets, sum and count come as series of their own and are put together at each step. */
export type HistogramSeries = Known & {
  readonly kind: 'histogram'
  value: Snapshot | null
  readonly pending: { bounds: number[]; cumulative: number[]; sum: number; count: number | null }
}

/** What one line or series of the source is about. */
export type Entry =
  | { readonly part: 'value'; readonly series: NumberSeries }
  | { readonly part: 'bucket'; readonly series: HistogramSeries; readonly bound: number }
  | { readonly part: 'sum' | 'count' | 'native'; readonly series: HistogramSeries }

/** What was scraped at one moment. */
export type Frame = {
  readonly entries: Entry[]
  readonly values: number[]
  readonly natives: { readonly series: HistogramSeries; readonly snapshot: Snapshot }[]
}

export type Growth = {
  readonly samples: readonly Sample[]
  readonly histograms: readonly HistogramSample[]
  /** Series that began again at zero. */
  readonly resets: number
  /** Values that no counter or histogram can have. */
  readonly malformed: number
}

/** Scrapes of one target, one after the other. */
export type TargetGrowth = {
  /** What grew since the step before. Values of times that were stepped over are passed by. O(values). */
  step(time: number, frame: Frame): Growth
  /** Time of the newest step; null before the first. */
  readonly last: number | null
}

export const createFrame = (): Frame => ({ entries: [], values: [], natives: [] })

export const createNumberSeries = (
  kind: 'counter' | 'gauge',
  metric: string,
  labels: Labels,
  name: string,
): NumberSeries => ({ kind, metric, labels, name, time: null, value: 0 })

export const createHistogramSeries = (metric: string, labels: Labels, name: string): HistogramSeries => ({
  kind: 'histogram',
  metric,
  labels,
  name,
  time: null,
  value: null,
  pending: { bounds: [], cumulative: [], sum: 0, count: null },
})

/**
 * A series that is new at a target that was scraped before has grown from zero; at the first scrape
 * of a target all are new, and give only the base of what follows. A value that drops began again at zero.
 * `trustedFrom`: until then no series is taken for new-born, because what was before is not known.
 */
export function createTargetGrowth(trustedFrom = Number.NEGATIVE_INFINITY): TargetGrowth {
  let last: number | null = null

  return {
    get last() {
      return last
    },
    step(time, frame) {
      const samples: Sample[] = []
      const histograms: HistogramSample[] = []
      const born = last !== null && time >= trustedFrom ? Math.min(last, time - 1) : null
      let resets = 0
      let malformed = 0

      const number = (series: NumberSeries, value: number) => {
        if (series.time !== null && series.time >= time) return
        if (!Number.isFinite(value) || (series.kind === 'counter' && value < 0)) {
          malformed++
          return
        }
        const from = series.time ?? born
        const reset = series.time !== null && value < series.value
        const grown = series.kind === 'gauge' || reset ? value : value - series.value
        if (reset && series.kind === 'counter') resets++
        series.time = time
        series.value = value
        // A gauge that stays is news; a counter that stays is none.
        if (from === null || (grown === 0 && series.kind === 'counter')) return
        samples.push({
          metric: series.metric,
          labels: series.labels,
          value: grown,
          from,
          to: time,
          key: keyOf(series, time),
        })
      }

      const histogram = (series: HistogramSeries, snapshot: Snapshot | null) => {
        if (series.time !== null && series.time >= time) return
        if (!snapshot) {
          malformed++
          return
        }
        const from = series.time ?? born
        const grown = grownHistogram(series.value, snapshot)
        if (grown.reset) resets++
        series.time = time
        series.value = snapshot
        if (from === null || grown.count === 0) return
        const { bounds, counts, sum, count } = grown
        const { metric, labels } = series
        histograms.push({ metric, labels, bounds, counts, sum, count, from, to: time, key: keyOf(series, time) })
      }

      const touched = new Set<HistogramSeries>()
      for (let i = 0; i < frame.entries.length; i++) {
        const entry = frame.entries[i]
        const value = frame.values[i]
        if (!entry || value === undefined) continue
        if (entry.part === 'value') number(entry.series, value)
        else if (entry.part !== 'native') {
          touched.add(entry.series)
          addPart(entry, value)
        }
      }
      // Where a source has a histogram in both forms, the finer one is it.
      for (const { series, snapshot } of frame.natives) histogram(series, snapshot)
      for (const series of touched) histogram(series, takePending(series))
      last = Math.max(last ?? time, time)
      return { samples, histograms, resets, malformed }
    },
  }
}

const keyOf = (series: Known, time: number) => keyOfText(`${series.name}@${time}`)

const maxBounds = 1_000

function addPart(entry: Exclude<Entry, { part: 'value' }>, value: number): void {
  const { pending } = entry.series
  if (entry.part === 'sum') pending.sum = value
  else if (entry.part === 'count') pending.count = value
  else if (entry.part === 'bucket' && pending.bounds.length < maxBounds) {
    pending.bounds.push(entry.bound)
    pending.cumulative.push(value)
  }
}

function takePending({ pending }: HistogramSeries): Snapshot | null {
  const snapshot = snapshotOf(pending.bounds, pending.cumulative, pending.sum, pending.count)
  pending.bounds = []
  pending.cumulative = []
  pending.sum = 0
  pending.count = null
  return snapshot
}
