import type { FlowRecord } from '@/core/observation'
import { type FieldValue, type Fields, newFields } from './fields'
import { clean, cutMark, isSecretHeader, scrubText, scrubUrl } from '@/collectors/kit/text'

/** What the rules know of a record beyond its fields. */
export type RecordContext = {
  /** The source saw the reply: the caller's port is the destination's. */
  readonly reply: boolean
  readonly sourcePort: number
  readonly status: number | undefined
}

const maxHeaders = 64
const maxHeader = 300

/**
 * The raw record of a flow. Fields are flat, by upstream's dotted paths (`source.pod_name`,
 * `l4.TCP.destination_port`), so that shape and detail join without merging objects. `time` is the
 * row's own to the microsecond; what lies below is kept as `time.ns`. Secrets never get past here.
 */
export function buildRecord(fields: Fields, context: RecordContext): FlowRecord {
  redact(fields)
  const summary = summaryOf(fields)
  const shape: string[] = []
  const detail: string[] = []
  const own = ownPaths(fields, context.reply)
  flatten(fields, '', (path, value) => (own(path) ? detail : shape).push(member(path, value)))
  return {
    shape: textOf(shape),
    detail: textOf(detail),
    sourcePort: context.sourcePort,
    ...(context.status !== undefined && { status: context.status }),
    summary,
  }
}

/** Secrets cut from headers and URLs; the time reduced to what the row does not hold. */
function redact(fields: Fields): void {
  const http = objectAt(objectAt(fields, 'l7'), 'http')
  if (http) {
    if (typeof http.url === 'string') http.url = scrubUrl(http.url)
    if (Array.isArray(http.headers)) http.headers = http.headers.slice(0, maxHeaders).map(redactHeader)
  }
  if (typeof fields.Summary === 'string') fields.Summary = scrubText(fields.Summary)
  const time = fields.time
  delete fields.time
  const below = typeof time === 'string' ? Number(/\.\d{6}(\d{3})Z$/.exec(time)?.[1] ?? 0) : 0
  if (below > 0) fields['time.ns'] = below
}

function redactHeader(header: FieldValue): FieldValue {
  if (typeof header !== 'object' || Array.isArray(header)) return ''
  const key = typeof header.key === 'string' ? clean(header.key, 100) : ''
  const value = typeof header.value === 'string' ? header.value : ''
  return { key, value: isSecretHeader(key) ? cutMark : clean(scrubText(value), maxHeader) }
}

const objectAt = (fields: Fields | undefined, name: string): Fields | undefined => {
  const value = fields?.[name]
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined
}

const ownAlways =
  /^(uuid|time\.ns|socket_cookie|source_names|destination_names|extensions|trace_context\..*|ip_trace_id\..*|aggregate\..*|l7\.latency_ns|l7\.http\.(url|headers)|l7\.dns\.(query|ips|ttl|cnames)|l7\.kafka\.correlation_id|tunnel\.l4\..*|.*#\d+)$/

/** Paths whose values are the record's own; all others are shared by many records. */
function ownPaths(fields: Fields, reply: boolean): (path: string) => boolean {
  const podless = (end: string) => objectAt(fields, end)?.pod_name === undefined
  const callersPort = reply ? '.destination_port' : '.source_port'
  const sourceIp = podless('source')
  const destinationIp = podless('destination')
  const isL7 = fields.Type === 'L7'
  return (path) => {
    if (path === 'IP.source') return sourceIp
    if (path === 'IP.destination') return destinationIp
    if (path === 'Summary') return isL7
    if (path.startsWith('l4.')) return path.endsWith(callersPort)
    return pathInfo(path).own
  }
}

function flatten(fields: Fields, prefix: string, put: (path: string, value: FieldValue) => void): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === undefined) continue
    const path = prefix + name
    if (typeof value === 'object' && !Array.isArray(value)) flatten(value, `${path}.`, put)
    else put(path, value)
  }
}

/** JSON with sorted keys, so that equal content is equal text. Sorting whole members sorts by key: `"` is below every character of a path. */
const textOf = (members: string[]): string => `{${members.sort().join(',')}}`

const member = (path: string, value: FieldValue): string => `${pathInfo(path).json}:${jsonOf(value)}`

function jsonOf(value: FieldValue): string {
  if (typeof value === 'string') return JSON.stringify(clean(value))
  if (typeof value !== 'object') return JSON.stringify(value)
  return JSON.stringify(isPlainList(value) ? value : sorted(value))
}

/** Lists of short texts, such as labels, were cleaned when they were read. */
const isPlainList = (value: FieldValue[] | Fields) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item.length <= 500)

function sorted(value: FieldValue): FieldValue {
  if (typeof value === 'string') return clean(value)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sorted)
  const ordered = newFields()
  for (const name of Object.keys(value).sort()) {
    const inner = value[name]
    if (inner !== undefined) ordered[name] = sorted(inner)
  }
  return ordered
}

type PathInfo = { readonly json: string; readonly own: boolean }

const maxPaths = 2_000
const paths = new Map<string, PathInfo>()

/** What depends on the path alone, remembered because the same few dozen come with every record. */
function pathInfo(path: string): PathInfo {
  const known = paths.get(path)
  if (known) return known
  const info = { json: JSON.stringify(path), own: ownAlways.test(path) }
  if (paths.size < maxPaths) paths.set(path, info)
  return info
}

const maxSummary = 200

function summaryOf(fields: Fields): string {
  const l7 = objectAt(fields, 'l7')
  const http = objectAt(l7, 'http')
  if (http) return clean(`${textAt(http, 'method')} ${pathOf(textAt(http, 'url'))}`.trim(), maxSummary)
  const dns = objectAt(l7, 'dns')
  if (dns) return clean(`${listAt(dns, 'qtypes')} ${textAt(dns, 'query').replace(/\.$/, '')}`.trim(), maxSummary)
  const kafka = objectAt(l7, 'kafka')
  if (kafka) return clean(`${textAt(kafka, 'api_key')} ${textAt(kafka, 'topic')}`.trim(), maxSummary)
  const l4 = objectAt(fields, 'l4')
  const flags = objectAt(objectAt(l4, 'TCP'), 'flags')
  if (flags)
    return Object.keys(flags)
      .filter((flag) => flags[flag] === true)
      .sort()
      .join(', ')
      .slice(0, maxSummary)
  for (const name of ['ICMPv4', 'ICMPv6'] as const) {
    const icmp = objectAt(l4, name)
    if (icmp) return `${name} type ${Number(icmp.type ?? 0)} code ${Number(icmp.code ?? 0)}`
  }
  return ''
}

const textAt = (fields: Fields, name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
const listAt = (fields: Fields, name: string) => (Array.isArray(fields[name]) ? fields[name].join(',') : '')
const pathOf = (url: string) => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/'
