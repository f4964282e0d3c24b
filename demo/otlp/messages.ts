import type { Fields, Message } from '../protobuf'

/** The parts of opentelemetry-proto that a trace exporter sends. */
const anyValue: Message = {
  stringValue: [1, 'string', 'present'],
  boolValue: [2, 'bool', 'present'],
  intValue: [3, 'int64', 'present'],
  doubleValue: [4, 'double', 'present'],
}
const keyValue: Message = { key: [1, 'string'], value: [2, anyValue] }
const resource: Message = { attributes: [1, keyValue] }
const scope: Message = { name: [1, 'string'], version: [2, 'string'] }
const span: Message = {
  traceId: [1, 'bytes'],
  spanId: [2, 'bytes'],
  parentSpanId: [4, 'bytes'],
  name: [5, 'string'],
  kind: [6, 'int32'],
  start: [7, 'fixed64 nanos'],
  end: [8, 'fixed64 nanos'],
  attributes: [9, keyValue],
  status: [15, { message: [2, 'string'], code: [3, 'int32'] }],
  flags: [16, 'fixed32'],
}
const scopeSpans: Message = { scope: [1, scope], spans: [2, span] }
export const exportRequest: Message = { resourceSpans: [1, { resource: [1, resource], scopeSpans: [2, scopeSpans] }] }

export type AttributeValue = string | number | boolean
/** Absent values are not sent. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>

export const attributeFields = (attributes: Attributes): Fields[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: { [valueField(value)]: value } }],
  )

const valueField = (value: AttributeValue): string =>
  typeof value === 'string' ? 'stringValue' : typeof value === 'boolean' ? 'boolValue' : 'intValue'

export const spanKind = { server: 2, client: 3, producer: 4, consumer: 5 } as const
export const statusError = 2
