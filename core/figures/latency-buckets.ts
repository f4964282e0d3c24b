/**
 * Buckets of latency, by number. Below `exponentialBuckets`: the OpenTelemetry exponential histogram
 * at scale 3 over microseconds, bucket i covers (2^(i/8), 2^((i+1)/8)] µs. From there on: intervals
 * with the bounds that a source chose (Prometheus `le`), numbered as this process first meets them,
 * so their numbers mean nothing outside of it. They are never resampled.
 */
export const exponentialBuckets = 256
const bucketsPerOctave = 8

/** 2^(255/8) µs is 1.1 hours; longer calls share the last bucket. */
const lastExponential = exponentialBuckets - 1

/** Bucket of a latency in milliseconds; what is not above 1 µs shares the first bucket. */
export function latencyBucket(ms: number): number {
  const us = ms * 1000
  if (!(us > 1)) return 0
  return Math.min(lastExponential, Math.ceil(Math.log2(us) * bucketsPerOctave) - 1)
}

/** Upper bound of an exponential bucket in milliseconds. */
export const bucketUpperMs = (bucket: number): number => 2 ** ((bucket + 1) / bucketsPerOctave) / 1000

/** Microseconds; `high` may be Infinity. */
export type Interval = { readonly low: number; readonly high: number }

/** Sources have some dozens of bounds; hostile ones fall back to exponential buckets. */
const maxIntervals = 4_096
const intervals: Interval[] = []
const numbers = new Map<number, Map<number, number>>()

/** Bucket of an interval in whole microseconds, `low` < `high`. O(1). */
export function intervalBucket(low: number, high: number): number {
  const known = numbers.get(low)?.get(high)
  if (known !== undefined) return known
  if (intervals.length >= maxIntervals || !(low >= 0) || !(high > low))
    return latencyBucket(middleUs({ low, high }) / 1000)
  const bucket = exponentialBuckets + intervals.length
  intervals.push({ low, high })
  const byHigh = numbers.get(low)
  if (byHigh) byHigh.set(high, bucket)
  else numbers.set(low, new Map([[high, bucket]]))
  return bucket
}

/** What a bucket covers. */
export function boundsOf(bucket: number): Interval {
  const chosen = intervals[bucket - exponentialBuckets]
  if (chosen) return chosen
  return { low: 2 ** (bucket / bucketsPerOctave), high: 2 ** ((bucket + 1) / bucketsPerOctave) }
}

const middleUs = ({ low, high }: Interval) => (Number.isFinite(high) ? (low + high) / 2 : low)
