import { clean } from '@/collectors/kit/text'
import { type Wire, double, fieldEnd, skip, text, varint } from '@/collectors/kit/wire'

/** google.protobuf.Struct as JSON: objects without prototype, texts clean, all of it bounded. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

const maxDepth = 6
const maxItems = 100
const maxText = 1_000

/** The Struct between here and `stop`. Past the bounds it is passed over. Throws `malformed`. */
export function readStruct(wire: Wire, stop: number, depth = 0): JsonObject {
  const object = Object.create(null) as JsonObject
  let items = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag !== 10 || depth > maxDepth || items++ >= maxItems) skip(wire, tag, stop)
    else readMember(object, wire, fieldEnd(wire, stop), depth)
  }
  return object
}

function readMember(object: JsonObject, wire: Wire, stop: number, depth: number): void {
  let key = ''
  let value: Json = null
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) key = clean(text(wire, stop), 200)
    else if (tag === 18) value = readValue(wire, fieldEnd(wire, stop), depth)
    else skip(wire, tag, stop)
  }
  if (key !== '') object[key] = value
}

function readValue(wire: Wire, stop: number, depth: number): Json {
  let value: Json = null
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 17) value = double(wire, stop)
    else if (tag === 26) value = clean(text(wire, stop), maxText)
    else if (tag === 32) value = varint(wire) !== 0
    else if (tag === 42) value = readStruct(wire, fieldEnd(wire, stop), depth + 1)
    else if (tag === 50) value = readList(wire, fieldEnd(wire, stop), depth + 1)
    else skip(wire, tag, stop)
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

function readList(wire: Wire, stop: number, depth: number): Json[] {
  const list: Json[] = []
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag !== 10 || depth > maxDepth || list.length >= maxItems) skip(wire, tag, stop)
    else list.push(readValue(wire, fieldEnd(wire, stop), depth))
  }
  return list
}

/** A member that is text; '' for another or none. */
export const textOf = (object: JsonObject, name: string): string => {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}
