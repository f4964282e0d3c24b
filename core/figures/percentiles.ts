import { boundsOf, exponentialBuckets } from './latency-buckets'
import { addSketch, clearSums, type Counts, countOf, newSums, type Sketch } from './sketch'

/** Of this module, for loops: an import is looked up at each use. */
const buckets = exponentialBuckets

/** Geometric middles of the exponential buckets in milliseconds. */
const middles = Float64Array.from({ length: exponentialBuckets }, (_, at) => {
  const { low, high } = boundsOf(at)
  return Math.sqrt(low * high) / 1000
})

/** Reused by each call, because every edge of a graph asks; empty between calls. */
const sums = newSums()
const { exponential: dense, chosen } = sums

/** Percentile (0 < q ≤ 1) in milliseconds, null without data. */
export function percentile(counts: Counts, q: number): number | null {
  for (const [bucket, n] of counts) {
    if (bucket < buckets) dense[bucket] = (dense[bucket] ?? 0) + n
    else chosen.set(bucket, (chosen.get(bucket) ?? 0) + n)
  }
  return finish(countOf(counts), [q])[0] ?? null
}

/**
 * Percentiles (`qs` ascending) of all sketches together, null without data; unreadable sketches count
 * as absent. Off by at most 4.5 % for exponential buckets; where a source chose bounds of its own, as
 * exact as those are (even within an interval, the lower bound where it has no upper one). O(bytes).
 */
export function percentilesOf(sketches: readonly Sketch[], qs: readonly number[]): readonly (number | null)[] {
  let total = 0
  for (const sketch of sketches) total += Math.max(0, addSketch(sketch, sums, 1))
  return finish(total, qs)
}

function finish(total: number, qs: readonly number[]): (number | null)[] {
  const result = total === 0 ? qs.map(() => null) : chosen.size === 0 ? byRank(total, qs) : byDensity(total, qs)
  clearSums(sums)
  return result
}

function byRank(total: number, qs: readonly number[]): number[] {
  let bucket = 0
  let seen = dense[0] ?? 0
  return qs.map((q) => {
    const rank = Math.min(total, Math.max(1, Math.ceil(q * total)))
    while (seen < rank && bucket < buckets - 1) seen += dense[++bucket] ?? 0
    return middles[bucket] ?? 0
  })
}

/** Intervals of several schemes may overlap: each is spread evenly over its width, and the sum is walked along. */
function byDensity(total: number, qs: readonly number[]): number[] {
  const slopes = new Map<number, number>()
  const points = new Map<number, number>()
  const put = (bucket: number, n: number) => {
    if (n === 0) return
    const { low, high } = boundsOf(bucket)
    if (!Number.isFinite(high)) points.set(low, (points.get(low) ?? 0) + n)
    else {
      slopes.set(low, (slopes.get(low) ?? 0) + n / (high - low))
      slopes.set(high, (slopes.get(high) ?? 0) - n / (high - low))
    }
  }
  dense.forEach((n, bucket) => put(bucket, n))
  for (const [bucket, n] of chosen) put(bucket, n)
  const places = [...new Set([...slopes.keys(), ...points.keys()])].sort((a, b) => a - b)
  return qs.map((q) => whereReached(q * total, places, slopes, points) / 1000)
}

function whereReached(
  wanted: number,
  places: readonly number[],
  slopes: ReadonlyMap<number, number>,
  points: ReadonlyMap<number, number>,
): number {
  let sum = 0
  let slope = 0
  let last = places[0] ?? 0
  for (const place of places) {
    const next = sum + slope * (place - last)
    if (next >= wanted && slope > 0) return last + (wanted - sum) / slope
    sum = next + (points.get(place) ?? 0)
    if (sum >= wanted) return place
    slope = Math.max(0, slope + (slopes.get(place) ?? 0))
    last = place
  }
  return last
}
