import type { EndpointRef } from '@/core/endpoint'
import { type Wire, fieldEnd, malformed, repeatedText, skip, varint } from '@/collectors/kit/wire'
import { type JsonObject, readStruct, textOf } from './struct'

/** A workload as Istio's metadata describes it, of a proxy itself or of the peer that it talked to. */
export type Peer = {
  /** Istio's name of its cluster; '' where it is not told. */
  readonly clusterId: string
  readonly ref: EndpointRef
  /** `ref` with the cluster named, for an observer in another one. */
  readonly foreign: EndpointRef
}

const nobody: EndpointRef = {}
export const noPeer: Peer = { clusterId: '', ref: nobody, foreign: nobody }

const kinds: ReadonlyMap<string, string> = new Map([
  ['deployments', 'Deployment'],
  ['statefulsets', 'StatefulSet'],
  ['daemonsets', 'DaemonSet'],
  ['replicasets', 'ReplicaSet'],
  ['replicationcontrollers', 'ReplicationController'],
  ['jobs', 'Job'],
  ['cronjobs', 'CronJob'],
  ['rollouts', 'Rollout'],
  ['deploymentconfigs', 'DeploymentConfig'],
])

/**
 * Both styles of Istio's metadata: `NAMESPACE`, `WORKLOAD_NAME`, `OWNER` … of node metadata and of
 * peers, and `namespace`, `workload`, `type` … of newer peers.
 */
export function peerOf(metadata: JsonObject): Peer {
  const either = (upper: string, lower: string) =>
    known(textOf(metadata, upper) || textOf(metadata, lower)).slice(0, 253)
  const namespace = either('NAMESPACE', 'namespace')
  const pod = either('NAME', 'name')
  const name = either('WORKLOAD_NAME', 'workload')
  const clusterId = either('CLUSTER_ID', 'cluster')
  const kind = kindOf(textOf(metadata, 'OWNER'), textOf(metadata, 'type'), name === pod)
  const ref: EndpointRef = {
    ...(namespace && { namespace }),
    ...(pod && { pod }),
    ...(name && { workload: { kind, name } }),
  }
  return { clusterId, ref, foreign: clusterId ? { ...ref, cluster: clusterId } : ref }
}

/** Istio says `unknown` for what it does not know. */
const known = (value: string) => (value === 'unknown' ? '' : value)

/** Istio writes `pods` for every kind that it has no name for, so a pod is one only under its own name. */
function kindOf(owner: string, type: string, isPod: boolean): string {
  const plural = owner.split('/').at(-2) ?? ''
  const kind = kinds.get(plural) ?? kinds.get(`${type}s`)
  return kind ?? (isPod ? 'Pod' : 'Workload')
}

const struct = 'google.protobuf.Struct'
const bytesValue = 'google.protobuf.BytesValue'
const anyDepth = 3

/**
 * The peer in an Any of filter state: a Struct, or a Struct within a BytesValue or another Any. null
 * for what is neither (the flatbuffers of old releases). Throws `malformed`.
 */
export function readPeer(wire: Wire, stop: number): Peer | null {
  const metadata = readAny(wire, stop, 0)
  return metadata && peerOf(metadata)
}

/** The Struct within an Any; null where there is none. */
export function readAny(wire: Wire, stop: number, depth: number): JsonObject | null {
  let type = ''
  let from = -1
  let to = -1
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) type = repeatedText(wire, stop)
    else if (tag === 18) {
      to = fieldEnd(wire, stop)
      from = wire.at
      wire.at = to
    } else skip(wire, tag, stop)
  }
  if (from < 0 || depth > anyDepth) return null
  const inner: Wire = { buffer: wire.buffer, at: from }
  if (type.endsWith(struct)) return readStruct(inner, to)
  if (type.endsWith('google.protobuf.Any')) return readAny(inner, to, depth + 1)
  return type.endsWith(bytesValue) ? readBytes(inner, to) : null
}

/** Bytes that may hold a Struct: what is none of its kind is no error. */
function readBytes(wire: Wire, stop: number): JsonObject | null {
  try {
    while (wire.at < stop) {
      const tag = varint(wire)
      if (tag !== 10) skip(wire, tag, stop)
      else return nonEmpty(readStruct(wire, fieldEnd(wire, stop)))
    }
  } catch (thrown) {
    if (thrown !== malformed) throw thrown
  }
  return null
}

const nonEmpty = (object: JsonObject) => (Object.keys(object).length > 0 ? object : null)
