import type { Attributes, Value } from './attributes'
import { spanAttributes } from './attributes'
import { createServiceCache, idOf, isObject } from './decode-json'
import { type Service, type Span, type SpanKind, maxName } from './span'

/** Reads one span of Zipkin's v2 JSON (zipkin-api, zipkin2-api.yaml), or says what is wrong with it. Never throws. */
export type ZipkinDecoder = (value: unknown) => Span | string

type JsonObject = { readonly [name: string]: unknown }

const kinds: ReadonlyMap<unknown, SpanKind> = new Map([
  ['CLIENT', 'client'],
  ['SERVER', 'server'],
  ['PRODUCER', 'producer'],
  ['CONSUMER', 'consumer'],
])
const maxTags = 1_000
const maxValue = 8_192
/** Zipkin's own tags by the attributes that say the same. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['http.path', 'url.path'],
  ['kafka.topic', 'messaging.destination.name'],
])

export function createZipkinDecoder(cluster: string | undefined): ZipkinDecoder {
  const serviceAt = createServiceCache(cluster)
  return (value) => {
    if (!isObject(value) || (value.traceId === undefined && value.id === undefined)) return 'not a Zipkin v2 span'
    const trace = idOf(padded(value.traceId, 32), 16)
    const id = idOf(padded(value.id, 16), 8)
    if (!trace || !id) return 'no trace id or span id'
    const { timestamp } = value
    if (!isMicroseconds(timestamp)) return 'no timestamp'
    const duration = isMicroseconds(value.duration) ? value.duration / 1000 : 0
    const local = isObject(value.localEndpoint) ? value.localEndpoint : {}
    return spanOf(value, trace, id, timestamp / 1000 + duration, duration, serviceAt(resourceOf(local)))
  }
}

const isMicroseconds = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value < Number.MAX_SAFE_INTEGER

const padded = (value: unknown, length: number) => (typeof value === 'string' ? value.padStart(length, '0') : value)

const resourceOf = ({ serviceName }: JsonObject): Attributes =>
  new Map(typeof serviceName === 'string' && serviceName ? [['service.name', serviceName]] : [])

function spanOf(value: JsonObject, trace: string, id: string, time: number, duration: number, service: Service): Span {
  const kind = kinds.get(value.kind) ?? 'internal'
  const parentId = idOf(padded(value.parentId, 16), 8)
  // Client and server may share one id (B3): the server's half is then the child of the client's.
  const shared = value.shared === true && kind === 'server'
  const tags = isObject(value.tags) ? value.tags : {}
  return {
    key: shared ? `${trace}${id}s` : trace + id,
    parent: shared ? trace + id : parentId && trace + parentId,
    links: [],
    kind,
    name: typeof value.name === 'string' ? value.name.slice(0, maxName) : '',
    time,
    duration,
    failed: tags.error !== undefined && tags.error !== 'false',
    service,
    attributes: attributesOf(tags, kind, isObject(value.remoteEndpoint) ? value.remoteEndpoint : {}),
  }
}

function attributesOf(tags: JsonObject, kind: SpanKind, remote: JsonObject): Attributes {
  const attributes = new Map<string, Value>()
  for (const tag of Object.keys(tags).slice(0, maxTags)) {
    const name = renamed.get(tag) ?? tag
    const value = tags[tag]
    if (!spanAttributes.has(name) || typeof value !== 'string') continue
    attributes.set(name, value.slice(0, maxValue))
    if (tag === 'kafka.topic') attributes.set('messaging.system', 'kafka')
  }
  const { serviceName, ipv4, ipv6, port } = remote
  const address = typeof ipv4 === 'string' ? ipv4 : ipv6
  if (typeof address === 'string') attributes.set('network.peer.address', address.slice(0, 100))
  if (typeof port === 'number') attributes.set(kind === 'server' ? 'network.peer.port' : 'server.port', port)
  const calls = kind === 'client' || kind === 'producer'
  if (calls && typeof serviceName === 'string' && serviceName) attributes.set('peer.service', serviceName.slice(0, 253))
  return attributes
}
