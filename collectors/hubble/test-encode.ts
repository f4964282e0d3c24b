import protobuf from 'protobufjs'
import type { FieldType, Message } from './schema'
import { getFlowsResponse } from './schema'
import { parseTimestamp } from '@/collectors/kit/timestamp'

/**
 * For tests and benchmarks: protojson → protobuf by protobufjs, which shares nothing with our reader
 * but the field numbers.
 */
export function createEncoder(message: Message = getFlowsResponse): (json: object) => Buffer {
  const root = new protobuf.Root()
  const type = addMessage(root, message)
  root.resolveAll()
  return (json) => Buffer.from(type.encode(type.fromObject(prepare(json, message))).finish())
}

const scalars: Readonly<Record<string, string>> = {
  u32: 'uint32',
  u64: 'uint64',
  i32: 'int32',
  bool: 'bool',
  double: 'double',
  string: 'string',
}
const builtIns: Readonly<Record<string, Record<string, [number, string]>>> = {
  time: { seconds: [1, 'int64'], nanos: [2, 'int32'] },
  any: { type_url: [1, 'string'], value: [2, 'bytes'] },
  'wrapped u32': { value: [1, 'uint32'] },
  'wrapped i32': { value: [1, 'int32'] },
  'wrapped bool': { value: [1, 'bool'] },
}

function addMessage(root: protobuf.Root, message: Message): protobuf.Type {
  const known = root.get(message.message)
  if (known instanceof protobuf.Type) return known
  const type = new protobuf.Type(message.message)
  root.add(type)
  for (const [id, { name, type: fieldType, repeated }] of message.fields) {
    const typeName = nameOfType(root, fieldType)
    type.add(new protobuf.Field(name, id, typeName, repeated ? 'repeated' : undefined))
  }
  return type
}

function nameOfType(root: protobuf.Root, type: FieldType): string {
  if (typeof type === 'object') return 'names' in type ? 'int32' : addMessage(root, type).name
  const scalar = scalars[type]
  if (scalar) return scalar
  const name = type.replace(' ', '_')
  if (!root.get(name)) {
    const builtIn = new protobuf.Type(name)
    for (const [field, [id, fieldType]] of Object.entries(builtIns[type] ?? {}))
      builtIn.add(new protobuf.Field(field, id, fieldType))
    root.add(builtIn)
  }
  return name
}

type Json = { [name: string]: unknown }

/** Enum names to numbers, times and wrappers to messages. */
function prepare(json: object, message: Message): Json {
  const out: Json = {}
  for (const { name, type, repeated } of message.fields.values()) {
    const value = (json as Json)[name]
    if (value === undefined) continue
    out[name] =
      repeated && Array.isArray(value) ? value.map((item) => prepareValue(item, type)) : prepareValue(value, type)
  }
  return out
}

function prepareValue(value: unknown, type: FieldType): unknown {
  if (typeof type === 'object') {
    if (!('names' in type)) return prepare(value as object, type)
    if (typeof value === 'number') return value
    return [...type.names].find(([, name]) => name === value)?.[0] ?? Number(value)
  }
  if (type === 'time') return parseTimestamp(String(value))
  return type.startsWith('wrapped') ? { value } : value
}
