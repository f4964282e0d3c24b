import { parseTimestamp } from '@/collectors/kit/timestamp'
import { type Field, type FieldType, type Message, address, flagFields } from './schema'

/**
 * protojson to protobuf, so that a file goes through the same reader as a stream. What has a wrong type
 * is left out; nothing throws. Both spellings of names are read (`log_entry`, `logEntry`).
 */
export function encodeJson(json: unknown, message: Message): Buffer {
  return Buffer.concat(membersOf(json, message, 0))
}

export type JsonMap = { readonly [name: string]: unknown }
export const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member under either spelling of its name. */
export const memberOf = (object: JsonMap, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : own(object, camel(name))
const own = (object: JsonMap, name: string) => (Object.hasOwn(object, name) ? object[name] : undefined)
const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const maxDepth = 16
const maxItems = 10_000

function membersOf(json: unknown, message: Message, depth: number): Buffer[] {
  if (!isMap(json) || depth > maxDepth) return []
  return message.fields.flatMap((field) => {
    const value = memberOf(json, field.name)
    if (value === undefined || value === null) return []
    if (!field.repeated) return fieldOf(field, value, depth)
    return Array.isArray(value) ? value.slice(0, maxItems).flatMap((item) => fieldOf(field, item, depth)) : []
  })
}

function fieldOf({ id, type }: Field, value: unknown, depth: number): Buffer[] {
  if (type === 'texts' || type === 'anys' || type === 'structs') return mapOf(id, type, value, depth)
  if (type === 'double') return typeof value === 'number' ? [varint(id * 8 + 1), doubleOf(value)] : []
  const number = numberFor(type, value)
  if (number !== null) return [varint(id * 8), varint(number)]
  const bytes = bytesFor(type, value, depth)
  return bytes ? [varint(id * 8 + 2), varint(bytes.length), bytes] : []
}

const isNames = (type: FieldType): type is readonly string[] => Array.isArray(type)

/** null: not a field of the varint type, or no number. */
function numberFor(type: FieldType, value: unknown): number | null {
  if (type === 'bool') return value === true ? 1 : 0
  if (isNames(type) && typeof value === 'string') {
    const known = type.indexOf(value)
    return known >= 0 ? known : null
  }
  if (!isNames(type) && type !== 'u32' && type !== 'u64') return null
  return wholeNumber(value)
}

const wholeNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null
}

function bytesFor(type: FieldType, value: unknown, depth: number): Buffer | null {
  if (typeof type === 'object') return isNames(type) ? null : Buffer.concat(membersOf(value, type, depth + 1))
  switch (type) {
    case 'string':
      return typeof value === 'string' ? Buffer.from(value) : null
    case 'time':
      return timeOf(value)
    case 'duration':
      return durationOf(value)
    case 'wrapped': {
      const number = wholeNumber(value)
      return number === null ? null : pair(number, 0)
    }
    case 'address':
      return Buffer.concat(membersOf(value, address, depth + 1))
    case 'flags':
      return flagsOf(value)
    case 'struct':
      return structOf(value, depth + 1)
    case 'any':
      return anyOf(value, depth + 1)
    default:
      return null
  }
}

function timeOf(value: unknown): Buffer | null {
  const time = typeof value === 'string' ? parseTimestamp(value) : null
  return time && time.seconds >= 0 ? pair(time.seconds, time.nanos) : null
}

/** `0.012345s`. */
function durationOf(value: unknown): Buffer | null {
  const [, seconds, fraction = ''] =
    typeof value === 'string' ? (/^(\d{1,10})(?:\.(\d{1,9}))?s$/.exec(value) ?? []) : []
  return seconds === undefined ? null : pair(Number(seconds), Number(fraction.padEnd(9, '0')))
}

const pair = (first: number, second: number): Buffer =>
  Buffer.concat([...(first > 0 ? [varint(8), varint(first)] : []), ...(second > 0 ? [varint(16), varint(second)] : [])])

/** The reason of `unauthorized_details` matters only in that there is one. */
function flagsOf(value: unknown): Buffer | null {
  if (!isMap(value)) return null
  return Buffer.concat(
    flagFields.flatMap((name, number) => {
      const flag = number > 0 ? memberOf(value, name) : undefined
      if (flag === true) return [varint(number * 8), varint(1)]
      return isMap(flag) && flag.reason ? [varint(number * 8 + 2), varint(2), pair(1, 0)] : []
    }),
  )
}

function mapOf(id: number, type: 'texts' | 'anys' | 'structs', value: unknown, depth: number): Buffer[] {
  if (!isMap(value)) return []
  return Object.entries(value)
    .slice(0, maxItems)
    .flatMap(([key, item]) => {
      const bytes =
        type === 'texts'
          ? typeof item === 'string'
            ? Buffer.from(item)
            : null
          : type === 'anys'
            ? anyOf(item, depth + 1)
            : structOf(item, depth + 1)
      if (!bytes) return []
      const entry = Buffer.concat([...lengthened(1, Buffer.from(key)), ...lengthened(2, bytes)])
      return lengthened(id, entry)
    })
}

const lengthened = (id: number, bytes: Buffer): Buffer[] => [varint(id * 8 + 2), varint(bytes.length), bytes]

/** `{"@type": …, "value": …}` of a Struct, of bytes or of another Any; its type alone for what else it may hold. */
function anyOf(value: unknown, depth: number): Buffer | null {
  if (!isMap(value) || typeof value['@type'] !== 'string' || depth > maxDepth) return null
  const type = value['@type']
  const inner = value.value
  const bytes = type.endsWith('google.protobuf.Struct')
    ? structOf(inner, depth + 1)
    : type.endsWith('google.protobuf.Any')
      ? anyOf(inner, depth + 1)
      : type.endsWith('google.protobuf.BytesValue') && typeof inner === 'string'
        ? Buffer.concat(lengthened(1, Buffer.from(inner, 'base64')))
        : null
  return Buffer.concat([...lengthened(1, Buffer.from(type)), ...(bytes ? lengthened(2, bytes) : [])])
}

function structOf(value: unknown, depth: number): Buffer | null {
  if (!isMap(value) || depth > maxDepth) return null
  return Buffer.concat(
    Object.entries(value)
      .slice(0, maxItems)
      .flatMap(([key, item]) => {
        const bytes = Buffer.concat(valueOf(item, depth + 1))
        return lengthened(1, Buffer.concat([...lengthened(1, Buffer.from(key)), ...lengthened(2, bytes)]))
      }),
  )
}

function valueOf(value: unknown, depth: number): Buffer[] {
  if (typeof value === 'string') return lengthened(3, Buffer.from(value))
  if (typeof value === 'number') return [varint(17), doubleOf(value)]
  if (typeof value === 'boolean') return [varint(32), varint(value ? 1 : 0)]
  if (depth > maxDepth) return []
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).flatMap((item) => lengthened(1, Buffer.concat(valueOf(item, depth + 1))))
    return lengthened(6, Buffer.concat(items))
  }
  const struct = structOf(value, depth)
  return struct ? lengthened(5, struct) : [varint(8), varint(0)]
}

function doubleOf(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}
