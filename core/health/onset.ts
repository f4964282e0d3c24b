import { medianOf } from '../figures/median'
import { cutSegments, type SegmentCost } from '../series/segments'

/** A figure over time: one entry per step that has a value; steps without one are unknown and left out. */
export type Point = {
  /** Start of the step, milliseconds. */
  readonly t: number
  readonly value: number
  /** How many responses it is of. */
  readonly weight: number
}

/** Since when a figure is higher than it was. Values are in the figure's own unit. */
export type Onset = {
  /** Start of the first step that was high, milliseconds. */
  readonly at: number
  /** It was high when the looking began: it has been so at least since `at`. */
  readonly atLeast: boolean
  /** End of the last step known to be usual where a gap lies between, else `at`; null where none is known. */
  readonly earliest: number | null
  /** End of the last high step where it is over; null where it goes on. */
  readonly until: number | null
  /** Level before; null with `atLeast`. */
  readonly before: number | null
  readonly after: number
}

export type OnsetOptions = {
  readonly stepMs: number
  /** From this value on it is unwell, whatever it was before. */
  readonly limit?: number | null
}

/** A step alone proves nothing: fewer are taken for noise. */
const leastSteps = 2
/** Levels closer than this are the same. */
const leastRise = 1.5

/**
 * Onset of a share (errors ÷ responses) from what each step counted. Steps are cut where a change of
 * the share explains them better than chance (binomial likelihood, BIC). null: nothing rose.
 */
export function errorOnset(points: readonly Point[], options: OnsetOptions): Onset | null {
  const errors = prefix(points.map(({ value, weight }) => value * weight))
  const responses = prefix(points.map(({ weight }) => weight))
  const between = (sums: Float64Array, i: number, j: number) => (sums[j] ?? 0) - (sums[i] ?? 0)
  const level = (i: number, j: number) => between(errors, i, j) / Math.max(1e-9, between(responses, i, j))
  const cost: SegmentCost = (i, j) => {
    const [k, n] = [between(errors, i, j), between(responses, i, j)]
    return -2 * (xlogx(k, n) + xlogx(n - k, n))
  }
  return onsetOf(
    points,
    cutSegments(points.length, cost, 4 * Math.log(points.length + 1) + 6, leastSteps),
    level,
    options,
  )
}

/**
 * Onset of a latency. Works on the logarithm, so that it does not depend on the unit, with absolute
 * deviations from the median, so that single slow steps do not count. null: nothing rose.
 */
export function latencyOnset(points: readonly Point[], options: OnsetOptions): Onset | null {
  const logs = points.map(({ value }) => Math.log(Math.max(value, Number.MIN_VALUE)))
  const noise = Math.max(medianOf(logs.slice(1).map((value, i) => Math.abs(value - (logs[i] ?? value)))), leastNoise)
  const cost: SegmentCost = (i, j) => deviation(logs.slice(i, j)) / noise
  const level = (i: number, j: number) => Math.exp(medianOf(logs.slice(i, j)))
  return onsetOf(points, cutSegments(points.length, cost, 2 * Math.log(points.length + 1), leastSteps), level, options)
}

/** Of the logarithm: histograms tell latency within some 5 %. */
const leastNoise = 0.05

type Segment = { readonly from: number; readonly to: number; readonly level: number }

/** The last run of high segments: what is nearer to the highest level than to the lowest. */
function onsetOf(
  points: readonly Point[],
  starts: readonly number[],
  level: (i: number, j: number) => number,
  { stepMs, limit = null }: OnsetOptions,
): Onset | null {
  const segments = starts.map((from, at): Segment => {
    const to = starts[at + 1] ?? points.length
    return { from, to, level: level(from, to) }
  })
  if (segments.length === 0) return null
  const levels = segments.map((segment) => segment.level)
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const rose = high >= low * leastRise && high > low
  if (!rose && (limit === null || low < limit)) return null
  const isHigh = ({ level: value }: Segment) =>
    !rose || value > (low + high) / 2 || (limit !== null && value >= limit && low < limit)
  const end = segments.findLastIndex(isHigh)
  let first = end
  while (first > 0 && isHigh(segments[first - 1] ?? neverHigh)) first--
  const [begin, finish] = [segments[first]?.from ?? 0, segments[end]?.to ?? points.length]
  const at = points[begin]?.t ?? 0
  const last = points[begin - 1]
  const over = finish < points.length
  return {
    at,
    atLeast: begin === 0,
    earliest: last ? last.t + stepMs : null,
    until: over ? (points[finish - 1]?.t ?? at) + stepMs : null,
    before: begin === 0 ? null : level(segments[first - 1]?.from ?? 0, begin),
    after: level(begin, finish),
  }
}

const neverHigh: Segment = { from: 0, to: 0, level: Number.NEGATIVE_INFINITY }

const xlogx = (k: number, n: number) => (k <= 0 || n <= 0 ? 0 : k * Math.log(k / n))

function prefix(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (const [at, value] of values.entries()) sums[at + 1] = (sums[at] ?? 0) + value
  return sums
}

function deviation(values: readonly number[]): number {
  const median = medianOf(values)
  return values.reduce((sum, value) => sum + Math.abs(value - median), 0)
}
