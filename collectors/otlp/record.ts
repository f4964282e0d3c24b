import type { FlowRecord } from '@/core/observation'
import { clean, scrubText, scrubUrl } from '@/collectors/kit/text'
import { type Attributes, type Value, portOf, textOf } from './attributes'
import { hexSpanId, hexTraceId, type Span } from './span'

const maxSummary = 200
/** Attributes whose values are a span's own; all others are shared by many. */
const own =
  /^(url\.(full|path)$|client\.|network\.peer\.|net\.(peer|sock)\.|http\.(url|target|client_ip)$|messaging\.batch\.)/
/** Names of spans are meant to be few; some hold an id all the same. */
const looksUnique = /\d{3}|[0-9a-f]{8}/i
const urls = /^(url\.(full|path)|http\.(url|target))$/

/** What the flow table keeps of a span: its ids, so that a tracing tool finds it, and the attributes that Oriel read. */
export function buildRecord(span: Span, status: number | undefined): FlowRecord {
  const shape: [string, Value][] = [
    ['kind', span.kind],
    ['service', span.service.name],
  ]
  const detail: [string, Value][] = [
    ['span_id', hexSpanId(span.key)],
    ['trace_id', hexTraceId(span.key)],
  ]
  ;(looksUnique.test(span.name) ? detail : shape).push(['name', scrubText(span.name)])
  if (span.parent) detail.push(['parent_span_id', hexSpanId(span.parent)])
  if (span.links.length > 0) detail.push(['links', span.links.length])
  if (span.failed) shape.push(['status', 'error'])
  if (span.service.sdk) shape.push(['sdk', span.service.sdk])
  for (const [name, value] of span.attributes) (own.test(name) ? detail : shape).push([name, safe(name, value)])
  return {
    shape: jsonOf(shape),
    detail: jsonOf(detail),
    sourcePort: span.kind === 'server' ? portOf(span.attributes, 'network.peer.port', 'net.peer.port') : 0,
    ...(status !== undefined && { status }),
    summary: summaryOf(span),
  }
}

const safe = (name: string, value: Value): Value =>
  typeof value === 'string' ? (urls.test(name) ? scrubUrl(value) : scrubText(value)) : value

const jsonOf = (members: [string, Value][]): string =>
  JSON.stringify(Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))))

/** `GET /products/{id}`, `shop.Cart/GetCart`, `SELECT orders`, `publish orders`, else the span's name. */
function summaryOf({ attributes, name }: Span): string {
  const line = httpLine(attributes) || rpcLine(attributes) || databaseLine(attributes) || queueLine(attributes)
  return clean(line || scrubText(name), maxSummary)
}

function httpLine(attributes: Attributes): string {
  const method = textOf(attributes, 'http.request.method', 'http.method')
  if (!method) return ''
  const url = textOf(attributes, 'http.route', 'url.path', 'http.target', 'url.full', 'http.url')
  return `${method} ${scrubUrl(url).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/'}`
}

export function rpcLine(attributes: Attributes): string {
  const method = textOf(attributes, 'rpc.method')
  const service = textOf(attributes, 'rpc.service')
  return service && method ? `${service}/${method}` : method
}

export const databaseLine = (attributes: Attributes): string =>
  textOf(attributes, 'db.query.summary') ||
  [textOf(attributes, 'db.operation.name', 'db.operation'), textOf(attributes, 'db.collection.name', 'db.sql.table')]
    .filter(Boolean)
    .join(' ')

export function queueLine(attributes: Attributes): string {
  const destination = textOf(attributes, 'messaging.destination.name', 'messaging.destination')
  const operation = textOf(attributes, 'messaging.operation.type', 'messaging.operation.name', 'messaging.operation')
  return destination && `${operation} ${destination}`.trim()
}
