import { boundsOf, exponentialBuckets } from './latency-buckets'
import { addSketch, clearSums, newSums, type Sketch } from './sketch'

/** How many latencies there are and what they take together, milliseconds. */
export type LatencySum = { readonly count: number; readonly ms: number }

/** Middles of the exponential buckets in milliseconds: what lies in one is off by at most 4.5 %. */
const middles = Float64Array.from({ length: exponentialBuckets }, (_, at) => {
  const { low, high } = boundsOf(at)
  return Math.sqrt(low * high) / 1000
})

const sums = newSums()

/**
 * Total time of all latencies in sketches; null without any. Sums can be added and divided, which percentiles
 * cannot. Within a bucket a latency counts as its middle; without an upper bound, as the lower one. O(bytes).
 */
export function latencySum(sketches: readonly Sketch[] | null): LatencySum | null {
  let count = 0
  for (const sketch of sketches ?? []) count += Math.max(0, addSketch(sketch, sums, 1))
  let ms = 0
  for (const [at, n] of sums.exponential.entries()) ms += n * (middles[at] ?? 0)
  for (const [bucket, n] of sums.chosen) {
    const { low, high } = boundsOf(bucket)
    ms += (n * (Number.isFinite(high) ? (low + high) / 2 : low)) / 1000
  }
  clearSums(sums)
  return count === 0 ? null : { count, ms }
}
