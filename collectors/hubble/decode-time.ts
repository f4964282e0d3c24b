import { type Wire, fieldEnd, skip, varint } from '@/collectors/kit/wire'

/** Milliseconds of a Timestamp field. */
export function readTime(wire: Wire, limit: number): number {
  const stop = fieldEnd(wire, limit)
  let seconds = 0
  let nanos = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) seconds = varint(wire)
    else if (tag === 16) nanos = varint(wire)
    else skip(wire, tag, stop)
  }
  return nanos < 1e9 && seconds < 253_402_300_800 ? seconds * 1000 + nanos / 1e6 : Number.NaN
}
