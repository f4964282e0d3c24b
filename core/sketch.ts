import { boundsOf, exponentialBuckets, intervalBucket, latencyBucket } from './latency-buckets'

/**
 * Latency sketches: bytes whose concatenation is their merge. A sketch is a sequence of chunks.
 * Tag 1, exponential buckets: `1, n, n × (bucket, count)`. Tag 2, intervals with bounds of the source's
 * own in whole microseconds, 0 as upper bound for none: `2, n, n × (low, high, count)`. All varints.
 */
export type Sketch = Uint8Array

const tagExponential3 = 1
const tagIntervals = 2

export const emptySketch: Sketch = new Uint8Array(0)

/** Counts by bucket (core/latency-buckets.ts), as kept in memory while a bucket of time is open. */
export type Counts = Map<number, number>

export function addLatency(counts: Counts, ms: number, n = 1): void {
  addCount(counts, latencyBucket(ms), n)
}

/** Adds `n` latencies between two bounds in milliseconds; `high` may be Infinity. Bounds are kept to the microsecond. */
export function addInterval(counts: Counts, low: number, high: number, n: number): void {
  addCount(counts, intervalBucket(Math.round(low * 1000), Math.round(high * 1000)), n)
}

const addCount = (counts: Counts, bucket: number, n: number) => counts.set(bucket, (counts.get(bucket) ?? 0) + n)

export function encodeSketch(counts: Counts): Sketch {
  if (counts.size === 0) return emptySketch
  const sorted = [...counts].sort((a, b) => a[0] - b[0])
  const exponential = sorted.filter(([bucket]) => bucket < exponentialBuckets)
  const bytes: number[] = []
  if (exponential.length > 0) {
    bytes.push(tagExponential3)
    pushVarint(bytes, exponential.length)
    for (const pair of exponential) for (const value of pair) pushVarint(bytes, value)
  }
  if (exponential.length === sorted.length) return Uint8Array.from(bytes)
  bytes.push(tagIntervals)
  pushVarint(bytes, sorted.length - exponential.length)
  const chosen = sorted.slice(exponential.length).map(([bucket, n]) => ({ ...boundsOf(bucket), n }))
  // By their bounds: the buckets' numbers differ between processes.
  for (const { low, high, n } of chosen.sort((a, b) => a.low - b.low || a.high - b.high)) {
    pushVarint(bytes, low)
    pushVarint(bytes, Number.isFinite(high) ? high : 0)
    pushVarint(bytes, n)
  }
  return Uint8Array.from(bytes)
}

/** Adds a sketch (any number of chunks) to counts. Bytes that are no sketch add nothing and return false. O(bytes). */
export function mergeSketch(into: Counts, sketch: Sketch): boolean {
  if (readSketch(sketch, ignore) < 0) return false
  readSketch(sketch, (bucket, n) => {
    if (n > 0) addCount(into, bucket, n)
  })
  return true
}

/** Counts of a sketch; none of bytes that are no sketch. */
export function decodeSketch(sketch: Sketch): Counts {
  const counts: Counts = new Map()
  mergeSketch(counts, sketch)
  return counts
}

/** The same sketch with one chunk a tag. */
export const compactSketch = (sketch: Sketch): Sketch => encodeSketch(decodeSketch(sketch))

export const countOf = (counts: Counts): number => {
  let total = 0
  for (const n of counts.values()) total += n
  return total
}

const ignore = () => {}

/** Calls `each` for every bucket and returns the count of all, or -1 at bytes that are no sketch. */
export function readSketch(bytes: Sketch, each: (bucket: number, n: number) => void): number {
  let total = 0
  cursor = 0
  while (cursor < bytes.length) {
    const tag = bytes[cursor++]
    if (tag !== tagExponential3 && tag !== tagIntervals) return -1
    const n = readVarint(bytes)
    if (n < 0) return -1
    for (let i = 0; i < n; i++) {
      const bucket = tag === tagExponential3 ? Math.min(readVarint(bytes), exponentialBuckets - 1) : readInterval(bytes)
      const count = readVarint(bytes)
      if (bucket < 0 || count < 0) return -1
      each(bucket, count)
      total += count
    }
  }
  return total
}

function readInterval(bytes: Uint8Array): number {
  const low = readVarint(bytes)
  const high = readVarint(bytes)
  if (low < 0 || high < 0 || (high > 0 && high <= low)) return -1
  return intervalBucket(low, high === 0 ? Number.POSITIVE_INFINITY : high)
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
}

/** Where readVarint reads next; a variable of the module because every sketch of a graph goes through it. */
let cursor = 0

/** A number of at most 8 bytes, or -1. */
function readVarint(bytes: Uint8Array): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < 8; i++) {
    const byte = bytes[cursor++]
    if (byte === undefined) return -1
    if (byte < 0x80) return value + byte * scale
    value += (byte & 0x7f) * scale
    scale *= 0x80
  }
  return -1
}
