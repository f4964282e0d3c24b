import { tallySteps } from './build-series'
import type { HeatMap } from './heat-map'
import { maxHeatRows } from './heat-map'
import { unknownPastP95 } from '../health/tolerances'
import { boundsOf, exponentialBuckets } from '../figures/latency-buckets'
import type { SeriesOptions } from './series'
import { coverBy } from './series-cover'
import { addSketch, clearSums, type Counts, newSums } from '../figures/sketch'
import { stepGrid, type StepRow } from './step-row'

/** More rows than this tell a reader no more. */
const wantedRows = 24

/**
 * Responses by step and range of latency, of all edges that `rows` are of. The witness of each step is
 * that of its percentiles (core/series/build-series.ts), so both tell the same. Where a source chose the bounds of
 * its buckets, these are the rows; else rows are equal on a logarithmic scale. Counts of a bucket that
 * spans several rows are spread evenly over its width, as percentiles are, in whole numbers. The sum of all counts is the
 * number of latencies. O(rows + steps × buckets).
 */
export function buildHeatMap(rows: readonly StepRow[], options: SeriesOptions): HeatMap {
  const grid = stepGrid(options.window, options.stepMs)
  const tallies = tallySteps(rows, grid.t.length, grid.at)
  const cover = coverBy(rows, () => true, grid.t, options)
  const columns = tallies.map((tally) => (tally?.latency ? countsOf(tally.latency) : null))
  const ranges = rangesOf(columns)
  const counts = columns.map((column, at) => {
    if (column) return spread(column, ranges)
    return (cover[at] ?? 0) > 0 && ranges.length > 0 ? ranges.map(() => 0) : null
  })
  return {
    window: options.window,
    stepMs: options.stepMs,
    t: grid.t,
    rows: ranges.map(({ low, high }) => ({ low: low / 1000, high: Number.isFinite(high) ? high / 1000 : null })),
    counts,
    responses: counts.reduce((sum, column) => sum + (column?.reduce((a, b) => a + b, 0) ?? 0), 0),
    slowFrom: unknownPastP95,
    gaps: options.gaps,
  }
}

/** Microseconds; `high` may be Infinity. */
type Range = { readonly low: number; readonly high: number }

const sums = newSums()

function countsOf(sketches: readonly Uint8Array[]): Counts {
  for (const sketch of sketches) addSketch(sketch, sums, 1)
  const counts: Counts = new Map()
  for (const [bucket, n] of sums.exponential.entries()) if (n > 0) counts.set(bucket, n)
  for (const [bucket, n] of sums.chosen) if (n > 0) counts.set(bucket, n)
  clearSums(sums)
  return counts
}

function rangesOf(columns: readonly (Counts | null)[]): Range[] {
  const buckets = new Set<number>()
  for (const column of columns) for (const bucket of column?.keys() ?? []) buckets.add(bucket)
  if (buckets.size === 0) return []
  return chosenRanges([...buckets]) ?? logRanges([...buckets].map(boundsOf))
}

/** The bounds of the source, where all buckets are of one scheme; null where they are not or there are too many. */
function chosenRanges(buckets: readonly number[]): Range[] | null {
  if (buckets.some((bucket) => bucket < exponentialBuckets)) return null
  const ranges = buckets.map(boundsOf).sort((a, b) => a.low - b.low)
  const filled: Range[] = []
  for (const range of ranges) {
    const last = filled.at(-1)
    if (last && range.low < last.high) return null
    if (last && range.low > last.high) filled.push({ low: last.high, high: range.low })
    filled.push(range)
  }
  return filled.length > maxHeatRows ? null : filled
}

/** Rows of equal height on a logarithmic scale, whole eighths of an octave each, over all that was measured. */
function logRanges(bounds: readonly Range[]): Range[] {
  const exponent = (us: number) => Math.log2(Math.max(1, us)) * 8
  let first = Infinity
  let last = -Infinity
  for (const { low, high } of bounds) {
    first = Math.min(first, Math.floor(exponent(low) + 1e-6))
    last = Math.max(last, Math.ceil(exponent(Number.isFinite(high) ? high : low * 2) - 1e-6))
  }
  let size = 1
  while ((last - first) / size > wantedRows) size *= 2
  const from = Math.floor(first / size) * size
  const count = Math.min(maxHeatRows, Math.max(1, Math.ceil((last - from) / size)))
  return Array.from({ length: count }, (_, row) => ({
    low: from + row * size <= 0 ? 0 : 2 ** ((from + row * size) / 8),
    high: 2 ** ((from + (row + 1) * size) / 8),
  }))
}

function spread(counts: Counts, ranges: readonly Range[]): number[] {
  const row = ranges.map(() => 0)
  const add = (at: number, n: number) => {
    row[at] = (row[at] ?? 0) + n
  }
  for (const [bucket, n] of counts) {
    const { low, high } = boundsOf(bucket)
    const [first, last] = [rowAt(ranges, low), rowAt(ranges, high * (1 - 1e-9))]
    if (first === last || !Number.isFinite(high)) add(first, n)
    else
      for (let at = first; at <= last; at++) {
        const range = ranges[at]
        if (range) add(at, (n * (Math.min(high, range.high) - Math.max(low, range.low))) / (high - low))
      }
  }
  return whole(row)
}

/** Whole numbers with the same sum: those with the largest remainders are rounded up. */
function whole(row: readonly number[]): number[] {
  const floors = row.map((n) => Math.floor(n + 1e-9))
  let left = Math.round(row.reduce((sum, n) => sum + n, 0)) - floors.reduce((sum, n) => sum + n, 0)
  const byRemainder = row
    .map((n, at) => ({ at, rest: n - (floors[at] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at)
  for (const { at } of byRemainder) if (left-- > 0) floors[at] = (floors[at] ?? 0) + 1
  return floors
}

/** The row that holds a latency; those beyond the ends belong to the first and last. */
function rowAt(ranges: readonly Range[], us: number): number {
  let at = ranges.length - 1
  while (at > 0 && us < (ranges[at]?.low ?? 0) * (1 - 1e-9)) at--
  return at
}
