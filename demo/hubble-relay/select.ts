import type { FlowsRequest } from './request'
import type { Entry, Ring } from './ring'

/** Where in one node's ring a request begins and, without follow, ends; and the time of the event sent last. */
export type Span = { readonly ring: Ring; start: number; readonly end: number; sentAt: number | null }

/**
 * The part of a ring that a request asks for, as Hubble's observer finds it: `number` counts per node,
 * from the newest back, or with `first` from the oldest (or `since`) on; following without number and
 * since starts at the end; neither number nor since nor follow is everything. O(ring).
 */
export function selectSpan(ring: Ring, request: FlowsRequest): Span {
  const { number, follow, first, since, until } = request
  const end = ring.next
  const oldest = safeOldest(ring)
  if (follow && !number && since === null) return { ring, start: end, end, sentAt: null }
  const inTime = (entry: Entry) => (since === null || entry.time >= since) && (until === null || entry.time <= until)
  if (first) {
    let start = oldest
    while (start < end && !within(ring, start, inTime)) start++
    return { ring, start, end: number ? Math.min(end, start + number) : end, sentAt: null }
  }
  let start = end
  let counted = 0
  for (let i = end - 1; i >= oldest; i--) {
    const entry = ring.at(i)
    if (!entry || (since !== null && entry.time < since)) break
    if (until === null || entry.time <= until) counted++
    start = i
    if (number && counted === number) break
  }
  return { ring, start, end, sentAt: null }
}

/** A full ring is read from a little after its oldest event, which would be overwritten before it is sent. */
const safeOldest = (ring: Ring): number =>
  ring.next > ring.capacity ? ring.oldest + (ring.capacity >> 4) : ring.oldest

const within = (ring: Ring, index: number, inTime: (entry: Entry) => boolean): boolean => {
  const entry = ring.at(index)
  return entry !== undefined && inTime(entry)
}

/**
 * The spans' events merged by time; each span's `start` moves past what was taken. Where a ring has
 * turned over before an event was taken, `onLost` is told how many are gone. O(events × nodes).
 */
export function* merge(
  spans: readonly Span[],
  endOf: (span: Span) => number,
  onLost: (span: Span, lost: number) => void,
): Generator<Entry> {
  for (;;) {
    let first: Span | null = null
    let entry: Entry | undefined
    for (const span of spans) {
      if (span.start < span.ring.oldest) {
        onLost(span, span.ring.oldest - span.start)
        span.start = span.ring.oldest
      }
      if (span.start >= endOf(span)) continue
      const candidate = span.ring.at(span.start)
      if (candidate && (!entry || candidate.time < entry.time)) {
        first = span
        entry = candidate
      }
    }
    if (!first || !entry) return
    first.start++
    first.sentAt = entry.time
    yield entry
  }
}
