import type { EndpointRef } from '@/core/endpoint'
import { keyOfText } from '@/collectors/kit/key'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, fieldOf, number, skip, text, varint } from '@/collectors/kit/wire'
import { type Peer, noPeer, peerOf } from './peer'
import { type JsonObject, readStruct, textOf } from './struct'

/** The proxy that a stream comes from. */
export type Proxy = {
  readonly id: string
  /** Istio's type of proxy; `proxy` for an Envoy that is not Istio's. */
  readonly type: 'sidecar' | 'router' | 'waypoint' | 'proxy'
  /** Address in its id; '' without one. */
  readonly ip: string
  /** `namespace/pod` where known, else its id: how gaps and people name it. */
  readonly part: string
  readonly namespace: string
  readonly pod: string
  readonly self: Peer
  /** Names it in keys. */
  readonly key: bigint
  readonly envoy: string
  readonly istio: string
}

/** Before a stream has said who it is. */
export const noProxy: Proxy = {
  id: '',
  type: 'proxy',
  ip: '',
  part: '',
  namespace: '',
  pod: '',
  self: noPeer,
  key: keyOfText(''),
  envoy: '',
  istio: '',
}

const types: ReadonlySet<string> = new Set(['sidecar', 'router', 'waypoint'])

/** core.v3.Node (v2 has the same numbers for what is read). Throws `malformed`. */
export function readNode(wire: Wire, stop: number): Proxy {
  let id = ''
  let service = ''
  let metadata = Object.create(null) as JsonObject
  let envoy = ''
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) id = clean(text(wire, stop), 500)
    else if (tag === 18) service = clean(text(wire, stop), 253)
    else if (tag === 26) metadata = readStruct(wire, fieldEnd(wire, stop))
    else if (tag === 58) envoy = clean(text(wire, stop), 100)
    else if (tag === 66) envoy = readBuild(wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
  return proxyOf(id, service, metadata, envoy)
}

/** `type~ip~pod.namespace~domain` of Istio, else any text; the metadata knows better where both tell. */
function proxyOf(id: string, service: string, metadata: JsonObject, envoy: string): Proxy {
  const parts = id.split('~')
  const [type = '', ip = '', podText = ''] = parts.length === 4 ? parts : []
  const dot = podText.lastIndexOf('.')
  const said = peerOf(metadata)
  const namespace = said.ref.namespace ?? (dot > 0 ? podText.slice(dot + 1) : '')
  const pod = said.ref.pod ?? (dot > 0 ? podText.slice(0, dot) : '')
  const workload = said.ref.workload ?? (namespace || pod || !service ? undefined : { kind: 'Workload', name: service })
  const ref: EndpointRef = {
    ...(namespace && { namespace }),
    ...(pod && { pod }),
    ...(workload && { workload }),
  }
  return {
    id,
    type: types.has(type) ? (type as Proxy['type']) : 'proxy',
    ip: clean(ip, 64),
    part: namespace && pod ? `${namespace}/${pod}` : id.slice(0, 253),
    namespace,
    pod,
    self: { clusterId: said.clusterId, ref, foreign: ref },
    key: keyOfText(id),
    envoy,
    istio: textOf(metadata, 'ISTIO_VERSION').slice(0, 100),
  }
}

/** BuildVersion: `1.32.1`. */
function readBuild(wire: Wire, stop: number): string {
  const numbers = [0, 0, 0]
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag !== 10) {
      skip(wire, tag, stop)
      continue
    }
    const end = fieldEnd(wire, stop)
    while (wire.at < end) {
      const inner = varint(wire)
      const field = fieldOf(inner)
      if (field >= 1 && field <= 3) numbers[field - 1] = number(wire, inner, end)
      else skip(wire, inner, end)
    }
  }
  return numbers.join('.')
}
