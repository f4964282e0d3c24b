import { enumName } from './enums'
import type { Field, FieldType, Message } from './schema'
import { clean } from '@/collectors/kit/text'
import { nanosText } from '@/collectors/kit/timestamp'
import { type Wire, double, fieldEnd, fieldOf, int32, malformed, skip, text, varint } from '@/collectors/kit/wire'

/** A record as the source gave it, by upstream's names, zero values left out as protojson does. */
export type Fields = { [name: string]: FieldValue }
export type FieldValue = string | number | boolean | FieldValue[] | Fields

export const maxItems = 100
export const maxText = 8_192
const maxOpaque = 96

/** Objects keyed by telemetry have no prototype. */
export const newFields = (): Fields => Object.create(null) as Fields

/**
 * Every field of the message between two offsets, unknown ones as `#number`. It never throws: where
 * the bytes stop making sense it gives what came before, with `#damaged`. O(bytes).
 */
export function decodeFields(buffer: Buffer, from: number, to: number, message: Message): Fields {
  const fields = newFields()
  try {
    readInto(fields, { buffer, at: from }, to, message)
  } catch (thrown) {
    if (thrown !== malformed) throw thrown
    fields['#damaged'] = true
  }
  return fields
}

function readMessage(wire: Wire, stop: number, message: Message): Fields {
  const fields = newFields()
  readInto(fields, wire, stop, message)
  return fields
}

function readInto(fields: Fields, wire: Wire, stop: number, message: Message): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    const field = message.fields.get(fieldOf(tag))
    if (!field) keepUnknown(fields, wire, tag, stop, message)
    else if (!fits(field.type, tag & 7)) skip(wire, tag, stop)
    else put(fields, field, readValue(wire, stop, field.type))
  }
  if (wire.at !== stop) throw malformed
}

function put(fields: Fields, field: Field, value: FieldValue | undefined): void {
  if (!field.repeated) {
    if (value === undefined) delete fields[field.name]
    else fields[field.name] = value
    return
  }
  const list = (fields[field.name] ??= [])
  if (Array.isArray(list) && list.length < maxItems) list.push(value ?? '')
}

const fits = (type: FieldType, wireType: number): boolean => {
  if (typeof type === 'object') return 'names' in type ? wireType === 0 : wireType === 2
  if (type === 'double') return wireType === 1
  if (type === 'string' || type === 'time' || type === 'any' || type.startsWith('wrapped')) return wireType === 2
  return wireType === 0
}

/** undefined: the type's zero value. */
function readValue(wire: Wire, limit: number, type: FieldType): FieldValue | undefined {
  if (typeof type === 'object') {
    if ('names' in type) return readEnum(wire, type.names)
    return readMessage(wire, fieldEnd(wire, limit), type)
  }
  switch (type) {
    case 'u32':
      return varint(wire) || undefined
    case 'i32':
      return int32(wire) || undefined
    case 'u64':
      return readU64(wire)
    case 'bool':
      return varint(wire) !== 0 || undefined
    case 'double':
      return double(wire, limit) || undefined
    case 'string':
      return clean(text(wire, limit), maxText) || undefined
    case 'time':
      return readTimeText(wire, fieldEnd(wire, limit))
    case 'any':
      return opaque(wire, limit)
    default:
      return readWrapped(wire, fieldEnd(wire, limit), type)
  }
}

function readEnum(wire: Wire, names: ReadonlyMap<number, string>): string | undefined {
  const value = varint(wire)
  return value === 0 ? undefined : enumName(names, value)
}

function readU64(wire: Wire): string | undefined {
  const start = wire.at
  const value = varint(wire)
  if (value <= Number.MAX_SAFE_INTEGER) return value === 0 ? undefined : String(value)
  let exact = 0n
  for (let at = wire.at - 1; at >= start; at--) exact = (exact << 7n) | BigInt((wire.buffer[at] ?? 0) & 0x7f)
  return String(BigInt.asUintN(64, exact))
}

function readTimeText(wire: Wire, stop: number): string {
  let seconds = 0
  let nanos = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) seconds = varint(wire)
    else if (tag === 16) nanos = varint(wire)
    else skip(wire, tag, stop)
  }
  return nanosText(seconds, nanos)
}

function readWrapped(wire: Wire, stop: number, type: string): number | boolean {
  let value = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) value = type === 'wrapped i32' ? int32(wire) : varint(wire)
    else skip(wire, tag, stop)
  }
  return type === 'wrapped bool' ? value !== 0 : value
}

function opaque(wire: Wire, limit: number): string {
  const stop = fieldEnd(wire, limit)
  const value = wire.buffer.toString('base64', wire.at, Math.min(stop, wire.at + maxOpaque))
  wire.at = stop
  return value
}

/** Fields of later versions are kept, except beside headers, where they could hold a secret. */
function keepUnknown(fields: Fields, wire: Wire, tag: number, stop: number, message: Message): void {
  const name = `#${fieldOf(tag)}`
  const keep = fieldOf(tag) > 0 && message.message !== 'HTTP' && message.message !== 'HTTPHeader'
  if (keep && (tag & 7) === 0) fields[name] = varint(wire)
  else if (keep && (tag & 7) === 2) fields[name] = opaque(wire, stop)
  else skip(wire, tag, stop)
}
