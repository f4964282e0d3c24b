import { type Attributes, type Value, noAttributes, resourceAttributes, spanAttributes } from './attributes'
import { createRecent } from '@/collectors/kit/recent'
import { serviceOf } from './service'
import { type Service, type Span, type SpanKind, type Spans, maxLinks, maxName, spanKinds } from './span'

export type JsonDecoder = (document: unknown, maxSpans: number) => Spans | null

const maxServices = 5_000
const maxValue = 8_192
const maxAttributes = 1_000

type JsonObject = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listAt = (object: JsonObject, name: string): readonly unknown[] => {
  const value = object[name]
  return Array.isArray(value) ? value : []
}

/**
 * The same spans from OTLP/JSON: ids in hex, 64-bit numbers as text, enums as numbers (names are taken
 * too). null: the document is no ExportTraceServiceRequest. Never throws; O(size).
 */
export function createJsonDecoder(cluster: string | undefined): JsonDecoder {
  const serviceAt = createServiceCache(cluster)
  return (document, maxSpans) => {
    if (!isObject(document)) return null
    const lists = document.resourceSpans ?? document.resource_spans
    if (lists === undefined && Object.keys(document).length > 0) return null
    if (lists !== undefined && !Array.isArray(lists)) return null
    const spans: Span[] = []
    let rejected = 0
    let reason = ''
    for (const resourceSpans of lists ?? []) {
      if (!isObject(resourceSpans)) return null
      const resource = isObject(resourceSpans.resource) ? resourceSpans.resource : {}
      const service = serviceAt(attributesOf(resource.attributes, resourceAttributes))
      for (const scopeSpans of either(resourceSpans, 'scopeSpans', 'scope_spans')) {
        if (!isObject(scopeSpans)) continue
        for (const value of listAt(scopeSpans, 'spans')) {
          const full = spans.length >= maxSpans
          const span = full ? `more than ${maxSpans} spans in one request` : spanOf(value, service)
          if (typeof span !== 'string') spans.push(span)
          else {
            rejected++
            reason = span
          }
        }
      }
    }
    return { spans, rejected, reason }
  }
}

/** One Service for equal resources. */
export function createServiceCache(cluster: string | undefined): (resource: Attributes) => Service {
  const services = createRecent<Service>(maxServices)
  return (resource) => {
    const key = JSON.stringify([...resource])
    const known = services.get(key)
    if (known) return known
    const service = serviceOf(resource, cluster)
    services.set(key, service)
    return service
  }
}

const either = (object: JsonObject, name: string, snake: string) =>
  listAt(object, object[name] === undefined ? snake : name)
const fieldAt = (object: JsonObject, name: string, snake: string) => object[name] ?? object[snake]

function spanOf(value: unknown, service: Service): Span | string {
  if (!isObject(value)) return 'a span is not an object'
  const trace = idOf(fieldAt(value, 'traceId', 'trace_id'), 16)
  const id = idOf(fieldAt(value, 'spanId', 'span_id'), 8)
  if (!trace || !id) return 'a span has no trace id or span id'
  const end = nanosOf(fieldAt(value, 'endTimeUnixNano', 'end_time_unix_nano'))
  if (!end || end.seconds === 0) return 'a span has no end time'
  const start = nanosOf(fieldAt(value, 'startTimeUnixNano', 'start_time_unix_nano')) ?? end
  const parentId = idOf(fieldAt(value, 'parentSpanId', 'parent_span_id'), 8)
  const duration = (end.seconds - start.seconds) * 1000 + (end.nanos - start.nanos) / 1e6
  return {
    key: trace + id,
    parent: parentId && trace + parentId,
    links: linksOf(value.links),
    kind: kindOf(value.kind),
    name: typeof value.name === 'string' ? value.name.slice(0, maxName) : '',
    time: end.seconds * 1000 + end.nanos / 1e6,
    duration: duration > 0 && start.seconds > 0 ? duration : 0,
    failed: isObject(value.status) && isError(value.status.code),
    service,
    attributes: attributesOf(value.attributes, spanAttributes),
  }
}

const isError = (code: unknown) => code === 2 || code === '2' || code === 'STATUS_CODE_ERROR'

function kindOf(kind: unknown): SpanKind {
  if (typeof kind === 'string' && kind.startsWith('SPAN_KIND_')) {
    const name = kind.slice('SPAN_KIND_'.length).toLowerCase()
    return spanKinds.find((known) => known === name) ?? 'unspecified'
  }
  return spanKinds[Number(kind)] ?? 'unspecified'
}

/** An id in hex as text, a character a byte; '' of what is none or all zero. */
export function idOf(value: unknown, bytes: number): string {
  if (typeof value !== 'string' || value.length !== bytes * 2 || !/^[0-9a-f]+$/i.test(value)) return ''
  return /^0+$/.test(value) ? '' : Buffer.from(value, 'hex').toString('latin1')
}

/** A 64-bit number of nanoseconds, kept exact; null of what is none. */
function nanosOf(value: unknown): { readonly seconds: number; readonly nanos: number } | null {
  const text =
    typeof value === 'number' ? BigInt(Number.isSafeInteger(value) ? value : Math.round(finite(value))) : value
  const digits = String(text ?? '')
  if (!/^\d{1,20}$/.test(digits)) return null
  return { seconds: Number(digits.slice(0, -9)), nanos: Number(digits.slice(-9)) }
}

const finite = (value: number) => (Number.isFinite(value) && value > 0 && value < 2 ** 64 ? value : 0)

function linksOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  const links: string[] = []
  for (const link of value.slice(0, maxLinks)) {
    if (!isObject(link)) continue
    const trace = idOf(fieldAt(link, 'traceId', 'trace_id'), 16)
    const id = idOf(fieldAt(link, 'spanId', 'span_id'), 8)
    if (trace && id) links.push(trace + id)
  }
  return links
}

function attributesOf(list: unknown, wanted: ReadonlySet<string>): Attributes {
  if (!Array.isArray(list) || list.length === 0) return noAttributes
  const attributes = new Map<string, Value>()
  for (const item of list.slice(0, maxAttributes)) {
    if (!isObject(item) || typeof item.key !== 'string' || !wanted.has(item.key)) continue
    const value = isObject(item.value) ? valueOf(item.value) : undefined
    if (value !== undefined) attributes.set(item.key, value)
  }
  return attributes
}

function valueOf(value: JsonObject): Value | undefined {
  const text = value.stringValue ?? value.string_value
  if (typeof text === 'string') return text.slice(0, maxValue)
  const integer = value.intValue ?? value.int_value
  if (typeof integer === 'number') return integer
  if (typeof integer === 'string' && /^-?\d{1,20}$/.test(integer)) return Number(integer)
  const double = value.doubleValue ?? value.double_value
  if (typeof double === 'number') return double
  const truth = value.boolValue ?? value.bool_value
  return typeof truth === 'boolean' ? truth : undefined
}
