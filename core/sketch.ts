/**
 * Latency sketches: bytes whose concatenation is their merge. A sketch is a sequence of chunks,
 * each `tag, n, n × (bucket varint, count varint)`. Tag 1 is the OpenTelemetry exponential
 * histogram at scale 3 over microseconds: bucket i covers (2^(i/8), 2^((i+1)/8)] µs, so a
 * percentile is off by at most 4.4 %. Other tags are left to sources with bounds of their own.
 */
export type Sketch = Uint8Array

const tagExponential3 = 1
const bucketsPerOctave = 8
/** 2^(255/8) µs is 1.1 hours; longer calls share the last bucket. */
const maxBucket = 255

export const emptySketch: Sketch = new Uint8Array(0)

/** Bucket of a latency in milliseconds; what is not above 1 µs shares the first bucket. */
export function latencyBucket(ms: number): number {
  const us = ms * 1000
  if (!(us > 1)) return 0
  return Math.min(maxBucket, Math.ceil(Math.log2(us) * bucketsPerOctave) - 1)
}

/** Upper bound of a bucket in milliseconds. */
export const bucketUpperMs = (bucket: number): number => 2 ** ((bucket + 1) / bucketsPerOctave) / 1000

/** Counts by bucket, as kept in memory while a bucket of time is open. */
export type Counts = Map<number, number>

export function addLatency(counts: Counts, ms: number, n = 1): void {
  const bucket = latencyBucket(ms)
  counts.set(bucket, (counts.get(bucket) ?? 0) + n)
}

export function encodeSketch(counts: Counts): Sketch {
  if (counts.size === 0) return emptySketch
  const bytes: number[] = [tagExponential3]
  pushVarint(bytes, counts.size)
  for (const [bucket, count] of [...counts].sort((a, b) => a[0] - b[0])) {
    pushVarint(bytes, bucket)
    pushVarint(bytes, count)
  }
  return Uint8Array.from(bytes)
}

/** Adds a sketch (any number of chunks) to counts. Bytes that are no sketch add nothing and return false. O(bytes). */
export function mergeSketch(into: Counts, sketch: Sketch): boolean {
  if (readPairs(sketch, null) < 0) return false
  readPairs(sketch, dense)
  for (const [bucket, count] of dense.entries()) if (count > 0) into.set(bucket, (into.get(bucket) ?? 0) + count)
  dense.fill(0)
  return true
}

/** The same sketch in one chunk. */
export function compactSketch(sketch: Sketch): Sketch {
  if (addBytes(sketch) === 0) return emptySketch
  const pairs: number[] = []
  for (let bucket = 0; bucket <= maxBucket; bucket++) {
    const count = dense[bucket] ?? 0
    if (count > 0) pairs.push(bucket, count)
  }
  dense.fill(0)
  const bytes: number[] = [tagExponential3]
  pushVarint(bytes, pairs.length / 2)
  for (const value of pairs) pushVarint(bytes, value)
  return Uint8Array.from(bytes)
}

export const countOf = (counts: Counts): number => {
  let total = 0
  for (const n of counts.values()) total += n
  return total
}

/** Percentile (0 < q ≤ 1) in milliseconds, null without data. The geometric middle of the bucket: error ≤ 4.5 %. */
export function percentile(counts: Counts, q: number): number | null {
  const total = countOf(counts)
  const rank = Math.min(total, Math.max(1, Math.ceil(q * total)))
  let seen = 0
  for (const [bucket, n] of [...counts].sort((a, b) => a[0] - b[0])) {
    seen += n
    if (n > 0 && seen >= rank) return middleMs(bucket)
  }
  return null
}

const middles = Float64Array.from({ length: maxBucket + 1 }, (_, at) => 2 ** ((at + 0.5) / bucketsPerOctave) / 1000)
const middleMs = (bucket: number) => middles[bucket] ?? 0

/** Percentiles (`qs` ascending) of all sketches together, null without data; unreadable sketches count as absent. O(bytes). */
export function percentilesOf(sketches: readonly Sketch[], qs: readonly number[]): readonly (number | null)[] {
  let total = 0
  for (const sketch of sketches) total += addBytes(sketch)
  const result: (number | null)[] = []
  let bucket = 0
  let seen = dense[0] ?? 0
  for (const q of qs) {
    const rank = Math.min(total, Math.max(1, Math.ceil(q * total)))
    while (seen < rank && bucket < maxBucket) seen += dense[++bucket] ?? 0
    result.push(total === 0 ? null : middleMs(bucket))
  }
  dense.fill(0)
  return result
}

/** Reused by each call of percentilesOf, which is asked for every edge of a graph; all zero between calls. */
const dense = new Float64Array(maxBucket + 1)

/** Adds a sketch to `dense` and returns its count; bytes that are no sketch add nothing and return 0. */
const addBytes = (bytes: Sketch): number => (readPairs(bytes, null) < 0 ? 0 : readPairs(bytes, dense))

/** Adds counts to their buckets and returns the count of all, or -1 at bytes that are no sketch. Buckets beyond the last are put into it. */
function readPairs(bytes: Sketch, into: Float64Array | null): number {
  let total = 0
  cursor = 0
  while (cursor < bytes.length) {
    if (bytes[cursor++] !== tagExponential3) return -1
    const n = readVarint(bytes)
    if (n < 0) return -1
    for (let i = 0; i < n; i++) {
      const bucket = readVarint(bytes)
      const count = readVarint(bytes)
      if (bucket < 0 || count < 0) return -1
      const at = Math.min(bucket, maxBucket)
      if (into) into[at] = (into[at] ?? 0) + count
      total += count
    }
  }
  return total
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
