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

/** Counts by bucket (core/figures/latency-buckets.ts), as kept in memory while a bucket of time is open. */
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
  if (exponential.length === sorted.length) return bytesOf(bytes)
  bytes.push(tagIntervals)
  pushVarint(bytes, sorted.length - exponential.length)
  const chosen = sorted.slice(exponential.length).map(([bucket, n]) => ({ ...boundsOf(bucket), n }))
  // By their bounds: the buckets' numbers differ between processes.
  for (const { low, high, n } of chosen.sort((a, b) => a.low - b.low || a.high - b.high)) {
    pushVarint(bytes, low)
    pushVarint(bytes, Number.isFinite(high) ? high : 0)
    pushVarint(bytes, n)
  }
  return bytesOf(bytes)
}

/** Adds a sketch (any number of chunks) to counts. Bytes that are no sketch add nothing and return false. O(bytes). */
export function mergeSketch(into: Counts, sketch: Sketch): boolean {
  const valid = addSketch(sketch, scratch, 1) >= 0
  if (valid) {
    for (let bucket = 0; bucket <= lastExponential; bucket++) {
      const n = scratch.exponential[bucket] ?? 0
      if (n > 0) addCount(into, bucket, n)
    }
    for (const [bucket, n] of scratch.chosen) if (n > 0) addCount(into, bucket, n)
  }
  clearSums(scratch)
  return valid
}

/** Counts of a sketch; none of bytes that are no sketch. */
export function decodeSketch(sketch: Sketch): Counts {
  const counts: Counts = new Map()
  mergeSketch(counts, sketch)
  return counts
}

/** The same sketch with one chunk a tag; none of bytes that are no sketch. Every row of a graph asks. O(bytes). */
export function compactSketch(sketch: Sketch): Sketch {
  const valid = addSketch(sketch, scratch, 1) >= 0
  const dense = valid && scratch.chosen.size === 0 ? encodeDense() : null
  clearSums(scratch)
  return dense ?? encodeSketch(decodeSketch(sketch))
}

/** The exponential buckets of `scratch`. */
function encodeDense(): Sketch {
  const { exponential } = scratch
  let filled = 0
  for (let bucket = 0; bucket <= lastExponential; bucket++) if ((exponential[bucket] ?? 0) > 0) filled++
  if (filled === 0) return emptySketch
  const bytes = [tagExponential3]
  pushVarint(bytes, filled)
  for (let bucket = 0; bucket <= lastExponential; bucket++) {
    const n = exponential[bucket] ?? 0
    if (n <= 0) continue
    pushVarint(bytes, bucket)
    pushVarint(bytes, n)
  }
  return bytesOf(bytes)
}

/** By hand: for arrays this short, Uint8Array.from takes several times as long. */
function bytesOf(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length)
  for (let at = 0; at < numbers.length; at++) bytes[at] = numbers[at] ?? 0
  return bytes
}

export const countOf = (counts: Counts): number => {
  let total = 0
  for (const n of counts.values()) total += n
  return total
}

/** Counts of many sketches while they are added up: an array where buckets are dense, a map for those that sources chose. */
export type Sums = { readonly exponential: Float64Array; readonly chosen: Counts }

export const newSums = (): Sums => ({ exponential: new Float64Array(exponentialBuckets), chosen: new Map() })

export function clearSums({ exponential, chosen }: Sums): void {
  exponential.fill(0)
  if (chosen.size > 0) chosen.clear()
}

const scratch = newSums()

/** Adds the counts of a sketch `times` and returns how many there are, or -1 at bytes that are no sketch, which add nothing. O(bytes). */
export function addSketch(bytes: Sketch, sums: Sums, times: number): number {
  const { exponential, chosen } = sums
  let total = 0
  cursor = 0
  while (cursor < bytes.length) {
    const tag = bytes[cursor++]
    const n = tag === tagExponential3 || tag === tagIntervals ? readVarint(bytes) : -1
    let left = n
    for (; left > 0; left--) {
      const bucket = tag === tagExponential3 ? readVarint(bytes) : readInterval(bytes)
      const count = bucket < 0 ? -1 : readVarint(bytes)
      if (count < 0) break
      total += count
      if (tag === tagIntervals && bucket > lastExponential)
        chosen.set(bucket, (chosen.get(bucket) ?? 0) + count * times)
      else {
        const at = Math.min(bucket, lastExponential)
        exponential[at] = (exponential[at] ?? 0) + count * times
      }
    }
    if (n >= 0 && left === 0) continue
    // What came before the damage is taken off again: a second pass stops at the same place.
    if (times > 0) addSketch(bytes, sums, -times)
    return -1
  }
  return total
}

/** Of this module, for loops: an import is looked up at each use. */
const lastExponential = exponentialBuckets - 1

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
