import { clean } from '@/collectors/kit/text'

export type Value = string | number | boolean

/** Attributes by their name as it was sent, old or new convention; only those that Oriel reads. */
export type Attributes = ReadonlyMap<string, Value>

/** Attributes of spans that are read: new semantic conventions first, the deprecated names behind. */
const spanNames = [
  'server.address server.port client.address network.peer.address network.peer.port network.local.port',
  'network.transport network.protocol.name network.protocol.version',
  'net.peer.name net.peer.port net.peer.ip net.sock.peer.addr net.sock.peer.name net.host.name net.host.port net.transport',
  'service.peer.name service.peer.namespace peer.service',
  'http.request.method http.response.status_code http.route url.scheme url.path url.full',
  'http.method http.status_code http.scheme http.target http.url http.host http.client_ip',
  'rpc.system.name rpc.system rpc.service rpc.method rpc.status_code rpc.response.status_code',
  'rpc.grpc.status_code rpc.connect_rpc.error_code grpc.status_code',
  'db.system.name db.system db.namespace db.name db.collection.name db.sql.table db.operation.name db.operation db.query.summary',
  'messaging.system messaging.destination.name messaging.destination messaging.operation.type messaging.operation.name messaging.operation',
  'messaging.destination.template messaging.destination.temporary messaging.destination.anonymous',
  'messaging.batch.message_count messaging.consumer.group.name messaging.kafka.consumer.group',
  'dns.question.name tls.established tls.protocol.version error.type span.kind',
].flatMap((line) => line.split(' '))

const resourceNames = [
  'service.name service.namespace service.version service.instance.id',
  'telemetry.sdk.language telemetry.sdk.version telemetry.sdk.name',
  'k8s.cluster.name k8s.namespace.name k8s.pod.name k8s.node.name k8s.container.name',
  'k8s.deployment.name k8s.statefulset.name k8s.daemonset.name k8s.cronjob.name k8s.job.name k8s.replicaset.name',
].flatMap((line) => line.split(' '))

export const spanAttributes: ReadonlySet<string> = new Set(spanNames)
export const resourceAttributes: ReadonlySet<string> = new Set(resourceNames)

export const noAttributes: Attributes = new Map()

/** The first of these attributes that is there, as clean text of at most 500 characters; '' where none is. */
export function textOf(attributes: Attributes, ...names: readonly string[]): string {
  for (const name of names) {
    const value = attributes.get(name)
    if (value !== undefined && value !== '') return clean(String(value))
  }
  return ''
}

/** The first of these attributes that is a whole number, also one written as text. */
export function numberOf(attributes: Attributes, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes.get(name)
    if (value === undefined || value === '' || typeof value === 'boolean') continue
    const number = Number(value)
    if (Number.isInteger(number)) return number
  }
  return undefined
}

/** A port of these attributes; 0 where none is one. */
export function portOf(attributes: Attributes, ...names: readonly string[]): number {
  const port = numberOf(attributes, ...names) ?? 0
  return port > 0 && port <= 65_535 ? port : 0
}
