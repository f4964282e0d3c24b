import protobuf from 'protobufjs'

/** For tests and benchmarks: OTLP/JSON → protobuf by protobufjs, which shares nothing with our reader but the field numbers. */
const proto = `
syntax = "proto3";
message Request { repeated ResourceSpans resourceSpans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scopeSpans = 2; string schemaUrl = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 droppedAttributesCount = 2; }
message ScopeSpans { Scope scope = 1; repeated Span spans = 2; string schemaUrl = 3; }
message Scope { string name = 1; string version = 2; repeated KeyValue attributes = 3; }
message Span {
  bytes traceId = 1; bytes spanId = 2; string traceState = 3; bytes parentSpanId = 4; string name = 5; int32 kind = 6;
  fixed64 startTimeUnixNano = 7; fixed64 endTimeUnixNano = 8; repeated KeyValue attributes = 9;
  repeated Event events = 11; repeated Link links = 13; Status status = 15; fixed32 flags = 16;
}
message Event { fixed64 timeUnixNano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Link { bytes traceId = 1; bytes spanId = 2; string traceState = 3; repeated KeyValue attributes = 4; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  oneof value {
    string stringValue = 1; bool boolValue = 2; int64 intValue = 3; double doubleValue = 4; ArrayValue arrayValue = 5;
    KeyValueList kvlistValue = 6; bytes bytesValue = 7;
  }
}
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`
const request = protobuf.parse(proto).root.lookupType('Request')

export const encodeRequest = (json: object): Buffer =>
  Buffer.from(request.encode(request.fromObject(bytes(json))).finish())

const idFields = new Set(['traceId', 'spanId', 'parentSpanId'])

/** Ids from hex to what protobufjs takes for bytes. */
function bytes(value: object): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (idFields.has(name)) out[name] = Buffer.from(String(inner), 'hex')
    else if (Array.isArray(inner)) out[name] = inner.map((item) => bytes(item as object))
    else out[name] = typeof inner === 'object' && inner !== null ? bytes(inner) : inner
  }
  return out
}

export type TestSpan = {
  readonly trace?: number
  readonly id: number
  readonly parent?: number
  readonly links?: readonly number[]
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind?: number
  readonly name?: string
  readonly endMs?: number
  readonly ms?: number
  readonly failed?: boolean
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

const endMs = 1_800_000_000_000

/** A resource's attributes and its spans. */
export type TestResource = readonly [Readonly<Record<string, string>>, ...TestSpan[]]

/** OTLP/JSON of spans by the resource that they belong to. */
export const requestOf = (...resources: TestResource[]): { resourceSpans: object[] } => ({
  resourceSpans: resources.map(([resource, ...spans]) => ({
    resource: { attributes: keyValues(resource) },
    scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(spanJson) }],
  })),
})

const spanJson = (span: TestSpan) => {
  const traceId = hex(span.trace ?? 1, 32)
  const end = BigInt(span.endMs ?? endMs) * 1_000_000n
  return {
    traceId,
    spanId: hex(span.id, 16),
    ...(span.parent !== undefined && { parentSpanId: hex(span.parent, 16) }),
    name: span.name ?? 'op',
    kind: span.kind ?? 0,
    startTimeUnixNano: String(end - BigInt(Math.round((span.ms ?? 5) * 1e6))),
    endTimeUnixNano: String(end),
    attributes: keyValues(span.attributes ?? {}),
    ...(span.links && { links: span.links.map((id) => ({ traceId, spanId: hex(id, 16) })) }),
    ...(span.failed && { status: { code: 2 } }),
  }
}

const hex = (id: number, length: number) => id.toString(16).padStart(length, '0')

const keyValues = (values: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))

function anyValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
