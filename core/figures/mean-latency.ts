import { boundsOf } from './latency-buckets'
import { type Counts, mergeSketch, type Sketch } from './sketch'

/** Mean in milliseconds of all sketches together, from the middles of their buckets; null without data. O(bytes). */
export function meanLatency(sketches: readonly Sketch[] | null): number | null {
  const counts: Counts = new Map()
  for (const sketch of sketches ?? []) mergeSketch(counts, sketch)
  let total = 0
  let sum = 0
  for (const [bucket, n] of counts) {
    const { low, high } = boundsOf(bucket)
    total += n
    sum += (n * (Number.isFinite(high) ? (low + high) / 2 : low)) / 1000
  }
  return total === 0 ? null : sum / total
}
