import { boundsOf } from './latency-buckets'
import { type Counts, mergeSketch, type Sketch } from './sketch'

/** Share (0..1) of latencies above a limit in milliseconds; null without data. A bucket that holds the limit counts by its middle. O(bytes). */
export function shareAbove(sketches: readonly Sketch[] | null, limitMs: number): number | null {
  const counts: Counts = new Map()
  for (const sketch of sketches ?? []) mergeSketch(counts, sketch)
  let total = 0
  let above = 0
  for (const [bucket, n] of counts) {
    const { low, high } = boundsOf(bucket)
    total += n
    if ((Number.isFinite(high) ? (low + high) / 2 : low) > limitMs * 1000) above += n
  }
  return total === 0 ? null : above / total
}

/** ln(1000): one in a thousand by chance at most. */
const least = 6.9

/**
 * Whether so large a share of `n` would be rare if the usual share held. By the Chernoff bound of the
 * binomial distribution, which errs towards chance.
 */
export function isBeyondChance(share: number, n: number, usual: number): boolean {
  if (share <= usual) return false
  const term = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b))
  return n * (term(share, usual) + term(1 - share, 1 - usual)) >= least
}
