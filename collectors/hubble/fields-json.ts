import { enumName } from './enums'
import { type FieldValue, type Fields, maxItems, maxText, newFields } from './fields'
import type { FieldType, Message } from './schema'
import { clean, scrubText } from '@/collectors/kit/text'
import { nanosText, parseTimestamp } from '@/collectors/kit/timestamp'

type JsonObject = { readonly [name: string]: unknown }
const maxDepth = 5

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The same fields from protojson: u64 may be text or number, enums names or numbers; zero values
 * are left out, whatever is unknown is kept. What does not fit its type is left out. O(size).
 */
export function normaliseFields(object: JsonObject, message: Message): Fields {
  const fields = newFields()
  const known = new Set<string>()
  for (const { name, type, repeated } of message.fields.values()) {
    known.add(name)
    const value = object[name]
    if (value === undefined || value === null) continue
    const normal = repeated ? normaliseList(value, type) : normaliseValue(value, type)
    if (normal !== undefined) fields[name] = normal
  }
  if (message.message === 'HTTP' || message.message === 'HTTPHeader') return fields
  for (const name of Object.keys(object).slice(0, maxItems)) {
    if (known.has(name)) continue
    const value = keepUnknown(object[name], 1)
    if (value !== undefined) fields[clean(name, 100)] = value
  }
  return fields
}

function normaliseList(value: unknown, type: FieldType): FieldValue[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.slice(0, maxItems).map((item) => normaliseValue(item, type) ?? '')
}

function normaliseValue(value: unknown, type: FieldType): FieldValue | undefined {
  if (typeof type === 'object') {
    if ('names' in type) return enumText(value, type.names)
    return isObject(value) ? normaliseFields(value, type) : undefined
  }
  switch (type) {
    case 'u32':
    case 'i32':
    case 'double':
      return numberOf(value) || undefined
    case 'u64':
      return bigText(value)
    case 'bool':
      return value === true || undefined
    case 'string':
      return typeof value === 'string' ? clean(value, maxText) || undefined : undefined
    case 'time':
      return timeText(value)
    case 'any':
      return keepUnknown(value, 1)
    case 'wrapped bool':
      return typeof value === 'boolean' ? value : undefined
    default:
      return numberOf(value)
  }
}

/** The name of an enum that came as name or number; undefined for its zero value. */
function enumText(value: unknown, names: ReadonlyMap<number, string>): string | undefined {
  const name = typeof value === 'number' ? enumName(names, value) : typeof value === 'string' ? clean(value, 100) : ''
  return name === '' || name === names.get(0) || name === '0' ? undefined : name
}

/** A finite number, also from text, as protojson writes 64-bit ones. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return undefined
  return Number(value)
}

function bigText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return String(value)
  return typeof value === 'string' && /^[1-9]\d{0,19}$/.test(value) ? value : undefined
}

function timeText(value: unknown): string | undefined {
  const time = typeof value === 'string' ? parseTimestamp(value) : null
  return time ? nanosText(time.seconds, time.nanos) || undefined : undefined
}

function keepUnknown(value: unknown, depth: number): FieldValue | undefined {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'boolean' || typeof value === 'number') return value
  if (depth > maxDepth) return undefined
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => keepUnknown(item, depth + 1) ?? '')
  if (!isObject(value)) return undefined
  const fields = newFields()
  for (const name of Object.keys(value).slice(0, maxItems)) {
    const inner = keepUnknown(value[name], depth + 1)
    if (inner !== undefined) fields[clean(name, 100)] = inner
  }
  return fields
}
