import type { FlowRecord } from '@/core/observation'
import { clean, cutMark, isSecretHeader, scrubText, scrubUrl } from '@/collectors/kit/text'
import type { Proxy } from './proxy'
import type { Json, JsonObject } from './struct'

/** What the rules know of a record beyond its fields. */
export type RecordContext = {
  readonly sourcePort: number
  readonly status: number | undefined
  readonly proxy: Proxy
}

const maxSummary = 200
const maxValue = 500
const maxPaths = 400

/**
 * The raw record of an entry. Fields are flat, by upstream's dotted paths (`request.path`,
 * `response.response_code_details`), `common_properties` left out. Secrets never get past here.
 */
export function buildRecord(entry: JsonObject, logName: string, context: RecordContext): FlowRecord {
  const fields = Object.create(null) as JsonObject
  const common = objectOf(entry.common_properties)
  for (const name of Object.keys(common)) fields[name] = common[name] ?? null
  for (const name of Object.keys(entry)) if (name !== 'common_properties') fields[name] = entry[name] ?? null
  redact(fields)
  fields.proxy = { id: context.proxy.id, log_name: logName, envoy: context.proxy.envoy, istio: context.proxy.istio }
  const shape: string[] = []
  const detail: string[] = []
  flatten(fields, '', (path, value) => {
    if (shape.length + detail.length < maxPaths)
      (own.test(path) ? detail : shape).push(`${JSON.stringify(path)}:${jsonOf(value)}`)
  })
  return {
    shape: `{${shape.sort().join(',')}}`,
    detail: `{${detail.sort().join(',')}}`,
    sourcePort: context.sourcePort,
    ...(context.status !== undefined && { status: context.status }),
    summary: clean(summaryOf(fields), maxSummary),
  }
}

/** Paths whose values are the record's own; all others are shared by many. */
const own =
  /^(start_time|time_to_.*|duration|stream_id|downstream_(direct_)?remote_address|upstream_local_address|.*_transport_failure_reason|.*wire_bytes.*|metadata\..*|custom_tags\..*|upstream_request_attempt_count|tls_properties\.ja3_fingerprint|connection_properties\..*|request\.(?!request_method$|scheme$|port$).*|response\.(?!response_code$|response_code_details$).*|.*#.*)$/

const secretMetadata = /jwt|auth/i

function redact(fields: JsonObject): void {
  const request = objectOf(fields.request)
  for (const name of ['path', 'original_path', 'referer']) {
    const value = request[name]
    if (typeof value === 'string') request[name] = scrubUrl(value)
  }
  if (typeof request.user_agent === 'string') request.user_agent = scrubText(request.user_agent).slice(0, maxValue)
  redactTexts(objectOf(request.request_headers))
  const response = objectOf(fields.response)
  redactTexts(objectOf(response.response_headers))
  redactTexts(objectOf(response.response_trailers))
  redactTexts(objectOf(fields.custom_tags))
  const tls = objectOf(fields.tls_properties)
  if (tls.tls_session_id !== undefined) tls.tls_session_id = cutMark
  const metadata = objectOf(objectOf(fields.metadata).filter_metadata)
  for (const name of Object.keys(metadata)) {
    if (secretMetadata.test(name)) metadata[name] = cutMark
    else redactMembers(metadata[name])
  }
  redactMembers(fields.filter_state_objects)
}

function redactTexts(texts: JsonObject): void {
  for (const name of Object.keys(texts)) {
    const value = texts[name]
    texts[name] = isSecretHeader(name) ? cutMark : typeof value === 'string' ? scrubText(value) : ''
  }
}

/** Members of any depth whose name is a secret's. */
function redactMembers(value: Json | undefined): void {
  if (Array.isArray(value)) for (const item of value) redactMembers(item)
  else if (typeof value === 'object' && value !== null)
    for (const name of Object.keys(value)) {
      const inner = value[name]
      if (isSecretHeader(name)) value[name] = cutMark
      else if (typeof inner === 'string') value[name] = scrubText(inner)
      else redactMembers(inner)
    }
}

const nothing = Object.freeze(Object.create(null)) as JsonObject
const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : nothing

function flatten(fields: JsonObject, prefix: string, put: (path: string, value: Json) => void): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value === undefined || value === null || value === '') continue
    const path = prefix + name
    if (typeof value === 'object' && !Array.isArray(value)) flatten(value, `${path}.`, put)
    else put(path, value)
  }
}

const jsonOf = (value: Json): string => JSON.stringify(typeof value === 'string' ? clean(value, maxValue) : value)

/** `GET shop.example.com/cart`, `TCP mysql.shop.svc.cluster.local:3306`. */
function summaryOf(fields: JsonObject): string {
  const request = objectOf(fields.request)
  const text = (object: JsonObject, name: string) => (typeof object[name] === 'string' ? object[name] : '')
  if (fields.request !== undefined) {
    const path = text(request, 'path').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/'
    return `${text(request, 'request_method')} ${text(request, 'authority')}${path}`.trim()
  }
  const [, port = '', , host = ''] = text(fields, 'upstream_cluster').replace(/;$/, '').split('|')
  const target = host
    ? `${host}:${port}`
    : text(fields, 'upstream_remote_address') || text(fields, 'downstream_local_address')
  const protocol = fields.access_log_type === 'UdpSessionEnd' ? 'UDP' : 'TCP'
  return `${protocol} ${target}`.trim()
}
