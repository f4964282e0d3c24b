import { internAscii } from './byte-cache'

/**
 * A reader of the protobuf wire format over one Buffer. It reads into no objects, checks every
 * bound and keeps 64-bit numbers exact to 2^53; past that they round, as no field here gets there.
 */
export type Wire = { readonly buffer: Buffer; at: number }

/** Bytes that are no protobuf. One object, because a flood of bad messages must not cost stack traces. */
export const malformed = new Error('The bytes are not a protobuf message.')

export function varint(wire: Wire): number {
  const { buffer } = wire
  let byte = buffer[wire.at++]
  if (byte === undefined) throw malformed
  if (byte < 0x80) return byte
  let value = byte & 0x7f
  let scale = 0x80
  for (let i = 1; i < 10; i++) {
    byte = buffer[wire.at++]
    if (byte === undefined) throw malformed
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 0x80
  }
  throw malformed
}

/** A varint as the signed 32-bit number that was written: negative ones take ten bytes, of which the low 32 bits count. */
export function int32(wire: Wire): number {
  const { buffer } = wire
  let bits = 0
  for (let i = 0; i < 10; i++) {
    const byte = buffer[wire.at++]
    if (byte === undefined) throw malformed
    if (i < 5) bits |= (byte & 0x7f) << (7 * i)
    if (byte < 0x80) return bits
  }
  throw malformed
}

/** The end of the length-delimited field that starts here; `limit` is the end of what contains it. */
export function fieldEnd(wire: Wire, limit: number): number {
  const length = varint(wire)
  const end = wire.at + length
  if (end > limit) throw malformed
  return end
}

/** UTF-8 text of the length-delimited field that starts here. */
export function text(wire: Wire, limit: number): string {
  const end = fieldEnd(wire, limit)
  const value = wire.buffer.toString('utf8', wire.at, end)
  wire.at = end
  return value
}

/** The same for text that comes again and again (addresses, node names): printable ASCII is not made anew. */
export function repeatedText(wire: Wire, limit: number): string {
  const end = fieldEnd(wire, limit)
  const value = internAscii(wire.buffer, wire.at, end) ?? wire.buffer.toString('utf8', wire.at, end)
  wire.at = end
  return value
}

/** A varint where the tag says so; another wire type is skipped and gives 0, as if the field were absent. */
export function number(wire: Wire, tag: number, limit: number): number {
  if ((tag & 7) === 0) return varint(wire)
  skip(wire, tag, limit)
  return 0
}

export function double(wire: Wire, limit: number): number {
  if (wire.at + 8 > limit) throw malformed
  const value = wire.buffer.readDoubleLE(wire.at)
  wire.at += 8
  return value
}

const groupDepth = 16

/** Passes over the field whose tag was just read. */
export function skip(wire: Wire, tag: number, limit: number, depth = 0): void {
  switch (tag & 7) {
    case 0:
      varint(wire)
      break
    case 1:
      wire.at += 8
      break
    case 2:
      wire.at = fieldEnd(wire, limit)
      break
    case 3:
      if (depth >= groupDepth) throw malformed
      for (;;) {
        const inner = varint(wire)
        if ((inner & 7) === 4) break
        skip(wire, inner, limit, depth + 1)
      }
      break
    case 5:
      wire.at += 4
      break
    default:
      throw malformed
  }
  if (wire.at > limit) throw malformed
}

/** Field number of a tag. Tags past 2^31 are no fields. */
export const fieldOf = (tag: number): number => (tag > 0xffffffff ? 0 : tag >>> 3)
