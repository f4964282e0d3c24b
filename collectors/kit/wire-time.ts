import { skip, varint, type Wire } from './wire'

const maxSeconds = 253_402_300_800

/** Milliseconds of a Timestamp or Duration that ends at `stop`; NaN where it is out of range. */
export function readMs(wire: Wire, stop: number): number {
  let seconds = 0
  let nanos = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) seconds = varint(wire)
    else if (tag === 16) nanos = varint(wire)
    else skip(wire, tag, stop)
  }
  return nanos < 1e9 && seconds < maxSeconds ? seconds * 1000 + nanos / 1e6 : Number.NaN
}
