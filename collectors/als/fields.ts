import { clean } from '@/collectors/kit/text'
import { nanosText } from '@/collectors/kit/timestamp'
import { type Wire, double, fieldEnd, fieldOf, malformed, number, skip, text, varint } from '@/collectors/kit/wire'
import { readAddress } from './decode-address'
import { readAny } from './peer'
import type { RawAddress } from './raw-entry'
import { type Field, type FieldType, type Message, flagName } from './schema'
import { type Json, type JsonObject, readStruct } from './struct'

const maxItems = 64
const maxText = 4_096

/**
 * Every field of the entry between two offsets by upstream's names, zero values left out as protojson
 * does. It never throws: where the bytes stop making sense it gives what came before, with `#damaged`.
 */
export function decodeFields(buffer: Buffer, from: number, to: number, message: Message): JsonObject {
  const fields = newObject()
  try {
    readInto(fields, { buffer, at: from }, to, message)
  } catch (thrown) {
    if (thrown !== malformed) throw thrown
    fields['#damaged'] = true
  }
  return fields
}

const newObject = (): JsonObject => Object.create(null) as JsonObject

function readInto(fields: JsonObject, wire: Wire, stop: number, message: Message): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    const field = message.byId.get(fieldOf(tag))
    if (!field) keepUnknown(fields, wire, tag, stop)
    else if ((tag & 7) !== wireType(field.type)) skip(wire, tag, stop)
    else put(fields, field, wire, stop)
  }
  if (wire.at !== stop) throw malformed
}

/** Numbers of later versions are kept; what else they add may hold a secret. */
function keepUnknown(fields: JsonObject, wire: Wire, tag: number, stop: number): void {
  if ((tag & 7) === 0 && fieldOf(tag) > 0 && Object.keys(fields).length < maxItems)
    fields[`#${fieldOf(tag)}`] = varint(wire)
  else skip(wire, tag, stop)
}

function wireType(type: FieldType): number {
  if (typeof type === 'object') return Array.isArray(type) ? 0 : 2
  if (type === 'double') return 1
  return type === 'u32' || type === 'u64' || type === 'bool' ? 0 : 2
}

function put(fields: JsonObject, { name, type, repeated }: Field, wire: Wire, stop: number): void {
  if (type === 'texts' || type === 'anys' || type === 'structs') {
    const map = (fields[name] ??= newObject()) as JsonObject
    readEntry(map, wire, fieldEnd(wire, stop), type)
    return
  }
  const value = readValue(wire, stop, type)
  if (!repeated) {
    if (value === null) delete fields[name]
    else fields[name] = value
    return
  }
  const list = (fields[name] ??= []) as Json[]
  if (list.length < maxItems) list.push(value ?? newObject())
}

/** null: the type's zero value. */
function readValue(wire: Wire, stop: number, type: FieldType): Json {
  if (isNames(type)) return readName(wire, type)
  if (typeof type === 'object') {
    const fields = newObject()
    readInto(fields, wire, fieldEnd(wire, stop), type)
    return fields
  }
  switch (type) {
    case 'u32':
    case 'u64':
      return varint(wire) || null
    case 'bool':
      return varint(wire) !== 0 || null
    case 'double':
      return double(wire, stop) || null
    case 'string':
      return clean(text(wire, stop), maxText) || null
    case 'time':
      return readTime(wire, fieldEnd(wire, stop), nanosText)
    case 'duration':
      return readTime(wire, fieldEnd(wire, stop), (seconds, nanos) => seconds * 1000 + nanos / 1e6)
    case 'wrapped':
      return readTime(wire, fieldEnd(wire, stop), (value) => value)
    case 'address':
      return readAddressText(wire, fieldEnd(wire, stop))
    case 'flags':
      return readFlagNames(wire, fieldEnd(wire, stop))
    case 'struct':
      return readStruct(wire, fieldEnd(wire, stop))
    default:
      return readAny(wire, fieldEnd(wire, stop), 0)
  }
}

const isNames = (type: FieldType): type is readonly string[] => Array.isArray(type)

function readName(wire: Wire, names: readonly string[]): string | null {
  const value = varint(wire)
  return value === 0 ? null : (names[value] ?? String(value))
}

/** Two numbers by the field numbers 1 and 2, as Timestamp, Duration and wrappers have them. */
function readTime<T>(wire: Wire, stop: number, make: (first: number, second: number) => T): T {
  let first = 0
  let second = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (fieldOf(tag) === 1) first = number(wire, tag, stop)
    else if (fieldOf(tag) === 2) second = number(wire, tag, stop)
    else skip(wire, tag, stop)
  }
  return make(first, second)
}

const scratch: RawAddress = { ip: '', port: 0, internal: false, udp: false }

function readAddressText(wire: Wire, stop: number): string | null {
  readAddress(scratch, wire, stop)
  const { ip, port, internal } = scratch
  const plain = ip === '' ? '' : port === 0 ? ip : ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
  return internal ? `envoy://${plain}` : plain || null
}

/** A list of Envoy's short names. */
function readFlagNames(wire: Wire, stop: number): Json {
  const names: Json[] = []
  while (wire.at < stop) {
    const tag = varint(wire)
    const set = (tag & 7) === 0 ? varint(wire) !== 0 : (skip(wire, tag, stop), true)
    if (set && names.length < maxItems) names.push(flagName(fieldOf(tag)))
  }
  return names.length > 0 ? names : null
}

function readEntry(map: JsonObject, wire: Wire, stop: number, type: 'texts' | 'anys' | 'structs'): void {
  let key = ''
  let value: Json = null
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) key = clean(text(wire, stop), 200)
    else if (tag !== 18) skip(wire, tag, stop)
    else if (type === 'texts') value = clean(text(wire, stop), maxText)
    else if (type === 'structs') value = readStruct(wire, fieldEnd(wire, stop))
    else value = readAny(wire, fieldEnd(wire, stop), 0)
  }
  if (key !== '' && value !== null && Object.keys(map).length < maxItems) map[key] = value
}
