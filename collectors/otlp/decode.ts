import { createByteCache } from '@/collectors/kit/byte-cache'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, fieldOf, malformed, number, repeatedText, skip, varint } from '@/collectors/kit/wire'
import { type Attributes, type Value, noAttributes, resourceAttributes, spanAttributes } from './attributes'
import { serviceOf } from './service'
import { type Service, type Span, type SpanKind, type Spans, maxLinks, maxName, spanKinds } from './span'

/**
 * Reads ExportTraceServiceRequest messages (opentelemetry/proto/trace/v1, field numbers from there).
 * null: the bytes are none. A span that cannot be read is rejected alone. Never throws; O(bytes).
 */
export type Decoder = (message: Buffer, maxSpans: number) => Spans | null

const maxServices = 5_000
const maxValue = 8_192

/** A decoder with its cache: the same resource gives the same Service. `cluster` overrides what resources say. */
export function createDecoder(cluster: string | undefined): Decoder {
  const services = createByteCache<Service>(maxServices)
  const nobody = serviceOf(noAttributes, cluster)
  const wire: Wire & { buffer: Buffer } = { buffer: Buffer.alloc(0), at: 0 }

  return (message, maxSpans) => {
    wire.buffer = message
    wire.at = 0
    const read: Reading = { spans: [], rejected: 0, reason: '', maxSpans }
    try {
      eachField(wire, message.length, 1, (end) => readResource(end))
    } catch (thrown) {
      if (thrown !== malformed) throw thrown
      return null
    }
    return { spans: read.spans, rejected: read.rejected, reason: read.reason }

    /** The resource may stand behind its spans, so it is looked for first. */
    function readResource(end: number): void {
      const from = wire.at
      let service = nobody
      eachField(wire, end, 1, (stop) => {
        service = services.get(message, wire.at, stop, () =>
          serviceOf(readAll(wire, stop, 1, resourceAttributes), cluster),
        )
        wire.at = stop
      })
      wire.at = from
      eachField(wire, end, 2, (scopeEnd) =>
        eachField(wire, scopeEnd, 2, (spanEnd) => readSpan(wire, spanEnd, service, read)),
      )
    }
  }
}

type Reading = { readonly spans: Span[]; rejected: number; reason: string; readonly maxSpans: number }

/** Calls `each` with the end of every length-delimited field of this number; passes over all others. */
function eachField(wire: Wire, limit: number, field: number, each: (end: number) => void): void {
  while (wire.at < limit) {
    const tag = varint(wire)
    if ((tag & 7) !== 2 || fieldOf(tag) !== field) {
      skip(wire, tag, limit)
      continue
    }
    const end = fieldEnd(wire, limit)
    each(end)
    wire.at = end
  }
}

function readSpan(wire: Wire, end: number, service: Service, read: Reading): void {
  if (read.spans.length >= read.maxSpans) {
    read.rejected++
    read.reason = `more than ${read.maxSpans} spans in one request`
    return
  }
  try {
    const span = spanAt(wire, end, service)
    if (typeof span !== 'string') {
      read.spans.push(span)
      return
    }
    read.reason = span
  } catch (thrown) {
    if (thrown !== malformed) throw thrown
    read.reason = 'a span is not a protobuf message'
  }
  read.rejected++
}

/** The span that ends here, or what is wrong with it. The labels are tags, field × 8 + wire type. */
function spanAt(wire: Wire, limit: number, service: Service): Span | string {
  let trace = ''
  let id = ''
  let parentId = ''
  let name = ''
  let kind: SpanKind = 'unspecified'
  let startHigh = 0
  let startLow = 0
  let endHigh = 0
  let endLow = 0
  let failed = false
  let attributes: Map<string, Value> | null = null
  let links: string[] | null = null
  while (wire.at < limit) {
    const tag = varint(wire)
    switch (tag) {
      case 10: // trace_id
        trace = idAt(wire, limit, 16)
        break
      case 18: // span_id
        id = idAt(wire, limit, 8)
        break
      case 34: // parent_span_id
        parentId = idAt(wire, limit, 8)
        break
      case 42: // name
        name = textAt(wire, limit)
        break
      case 48: // kind
        kind = spanKinds[varint(wire)] ?? 'unspecified'
        break
      case 57: // start_time_unix_nano
        startLow = fixed32(wire, limit)
        startHigh = fixed32(wire, limit)
        break
      case 65: // end_time_unix_nano
        endLow = fixed32(wire, limit)
        endHigh = fixed32(wire, limit)
        break
      case 74: // attributes
        attributes ??= new Map()
        readAttribute(wire, fieldEnd(wire, limit), attributes, spanAttributes)
        break
      case 106: // links
        links ??= []
        readLink(wire, fieldEnd(wire, limit), links)
        break
      case 122: // status
        failed = readStatus(wire, fieldEnd(wire, limit)) === 2
        break
      default:
        skip(wire, tag, limit)
    }
  }
  if (!trace || !id) return 'a span has no trace id or span id'
  if (endHigh === 0) return 'a span has no end time'
  const duration = ((endHigh - startHigh) * 2 ** 32 + (endLow - startLow)) / 1e6
  return {
    key: trace + id,
    parent: parentId && trace + parentId,
    links: links ?? noLinks,
    kind,
    name: name.length > maxName ? name.slice(0, maxName) : name,
    time: endHigh * (2 ** 32 / 1e6) + endLow / 1e6,
    duration: duration > 0 && startHigh > 0 ? duration : 0,
    failed,
    service,
    attributes: attributes ?? noAttributes,
  }
}

const noLinks: readonly string[] = []

/** Bytes of an id as text, a character a byte; '' of one that is empty, of another length or all zero. */
function idAt(wire: Wire, limit: number, length: number): string {
  const end = fieldEnd(wire, limit)
  const id = end - wire.at === length ? wire.buffer.toString('latin1', wire.at, end) : ''
  wire.at = end
  return id.charCodeAt(0) === 0 && /^\0*$/.test(id) ? '' : id
}

function fixed32(wire: Wire, limit: number): number {
  if (wire.at + 4 > limit) throw malformed
  const value = wire.buffer.readUInt32LE(wire.at)
  wire.at += 4
  return value
}

/** Text of at most 8,192 bytes; what is longer is cut. */
function textAt(wire: Wire, limit: number): string {
  const from = wire.at
  const end = fieldEnd(wire, limit)
  if (end - wire.at > maxValue) {
    const cut = wire.buffer.toString('utf8', wire.at, wire.at + maxValue)
    wire.at = end
    return clean(cut, maxValue)
  }
  wire.at = from
  return repeatedText(wire, limit)
}

function readAll(wire: Wire, limit: number, field: number, wanted: ReadonlySet<string>): Attributes {
  const into = new Map<string, Value>()
  eachField(wire, limit, field, (end) => readAttribute(wire, end, into, wanted))
  return into
}

/** KeyValue; a key that is not wanted ends the reading early. */
function readAttribute(wire: Wire, end: number, into: Map<string, Value>, wanted: ReadonlySet<string>): void {
  let key = ''
  let value: Value | undefined
  while (wire.at < end) {
    const tag = varint(wire)
    if (tag === 10) {
      key = repeatedText(wire, end)
      if (!wanted.has(key)) break
    } else if (tag === 18) value = readValue(wire, fieldEnd(wire, end))
    else skip(wire, tag, end)
  }
  wire.at = end
  if (value !== undefined && wanted.has(key)) into.set(key, value)
}

/** AnyValue where it is text, a number or a truth; undefined of lists and maps. */
function readValue(wire: Wire, end: number): Value | undefined {
  let value: Value | undefined
  while (wire.at < end) {
    const tag = varint(wire)
    if (tag === 10) value = textAt(wire, end)
    else if (tag === 16) value = varint(wire) !== 0
    else if (tag === 24) value = int64(varint(wire))
    else if (tag === 33) {
      if (wire.at + 8 > end) throw malformed
      value = wire.buffer.readDoubleLE(wire.at)
      wire.at += 8
    } else skip(wire, tag, end)
  }
  return value
}

/** Negative numbers take ten bytes. */
const int64 = (value: number) => (value < 2 ** 63 ? value : value - 2 ** 64)

function readLink(wire: Wire, end: number, links: string[]): void {
  let trace = ''
  let id = ''
  while (wire.at < end) {
    const tag = varint(wire)
    if (tag === 10) trace = idAt(wire, end, 16)
    else if (tag === 18) id = idAt(wire, end, 8)
    else skip(wire, tag, end)
  }
  if (trace && id && links.length < maxLinks) links.push(trace + id)
}

function readStatus(wire: Wire, end: number): number {
  let code = 0
  while (wire.at < end) {
    const tag = varint(wire)
    if (fieldOf(tag) === 3) code = number(wire, tag, end)
    else skip(wire, tag, end)
  }
  return code
}
