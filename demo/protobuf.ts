import protobuf from 'protobufjs/minimal.js'

type Scalar =
  | 'string'
  | 'bytes'
  | 'bool'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'double'
  /** Nanoseconds of a time in milliseconds, as OTLP sends times. */
  | 'fixed64 nanos'
  | 'fixed32'

/** A field: its number and type. `present`: sent also when it is zero, as in a oneof. */
type Field = readonly [id: number, type: Scalar | Message | (() => Message), presence?: 'present']

/** A message as a table of its fields by name; a function where it holds itself. */
export type Message = { readonly [name: string]: Field }

export type Value = string | number | boolean | Uint8Array | Fields | readonly Value[] | null | undefined
export type Fields = { readonly [name: string]: Value }

const wireOf = {
  string: 2,
  bytes: 2,
  bool: 0,
  int32: 0,
  uint32: 0,
  int64: 0,
  double: 1,
  'fixed64 nanos': 1,
  fixed32: 5,
}

/** The message with these fields; absent, null and default ones are not sent. */
export function encode(message: Message, fields: Fields): Buffer {
  const writer = protobuf.Writer.create()
  write(writer, message, fields)
  const data = writer.finish()
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

function write(w: protobuf.Writer, message: Message, fields: Fields): void {
  for (const name in message) {
    const value = fields[name]
    const field = message[name]
    if (value === undefined || value === null || !field) continue
    if (Array.isArray(value)) for (const item of value as readonly Value[]) writeField(w, field, item)
    else if (value || field[2]) writeField(w, field, value)
  }
}

function writeField(w: protobuf.Writer, [id, type]: Field, value: Value): void {
  if (typeof type !== 'string') {
    w.uint32((id << 3) | 2).fork()
    write(w, typeof type === 'function' ? type() : type, value as Fields)
    w.ldelim()
    return
  }
  w.uint32(((id << 3) | wireOf[type]) >>> 0)
  if (type === 'string') w.string(String(value))
  else if (type === 'bytes') w.bytes(value as Uint8Array)
  else if (type === 'bool') w.bool(Boolean(value))
  else if (type === 'fixed64 nanos') writeNanos(w, Number(value))
  else w[type](Number(value))
}

function writeNanos(w: protobuf.Writer, ms: number): void {
  const nanos = BigInt(Math.round(ms * 1000)) * 1000n
  w.fixed32(Number(nanos & 0xffff_ffffn)).fixed32(Number(nanos >> 32n))
}

/** Seconds and nanoseconds, for Timestamp and Duration. */
export const secondsAndNanos = (ms: number): Fields => {
  const seconds = Math.floor(ms / 1000)
  return { seconds, nanos: Math.floor((ms - seconds * 1000) * 1e6) }
}
export const time: Message = { seconds: [1, 'int64'], nanos: [2, 'int32'] }

export type Decoded = { [name: string]: unknown[] }

/** The known fields of a message, each as a list; unknown ones are skipped. Throws on bytes that are no protobuf. */
export function decode(message: Message, data: Uint8Array): Decoded {
  const reader = protobuf.Reader.create(data)
  const byId = new Map(Object.entries(message).map(([name, field]) => [field[0], { name, type: field[1] }]))
  const out: Decoded = {}
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    const field = byId.get(tag >>> 3)
    if (field) (out[field.name] ??= []).push(...readValues(reader, field.type, tag & 7))
    else reader.skipType(tag & 7)
  }
  return out
}

function readValues(reader: protobuf.Reader, type: Field[1], wire: number): unknown[] {
  if (typeof type === 'function') return [decode(type(), reader.bytes())]
  if (typeof type === 'object') return [decode(type, reader.bytes())]
  if (type === 'string') return [reader.string()]
  // Numbers may come packed.
  if (wire !== 2) return [Number(reader.int64())]
  const end = reader.uint32() + reader.pos
  const numbers: number[] = []
  while (reader.pos < end) numbers.push(Number(reader.int64()))
  return numbers
}

export const numberOf = (decoded: Decoded, name: string): number => Number(decoded[name]?.at(-1) ?? 0)
