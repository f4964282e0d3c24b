import type { EndpointRef } from '@/core/endpoint'
import { serviceOfHost } from '@/core/services/service-host'
import { clean } from '@/collectors/kit/text'
import type { Peer } from './peer'

/** What the name of an Envoy cluster tells about the call. */
export type UpstreamCluster = {
  readonly name: string
  readonly direction: 'inbound' | 'outbound' | 'unknown'
  /** Port in the name; 0 without one. */
  readonly port: number
  /** Host in the name; '' without one. */
  readonly host: string
  /** `passthrough`: to wherever the caller wanted; `blackhole`: to nowhere, by the mesh's outbound policy; `tunnel`: an HBONE tunnel's inside. */
  readonly kind: 'plain' | 'passthrough' | 'blackhole' | 'tunnel'
  /** The callee as far as the name tells. */
  readonly ref: EndpointRef
  /** `ref` joined with what is known of the peer behind it. */
  readonly peers: Map<Peer, EndpointRef>
}

const tunnels = /^(main_internal|connect_originate|connect_terminate|encap|inner_connect_originate)/
const nobody: EndpointRef = {}

/**
 * `inbound|8000||`, `outbound|9080|v1|reviews.default.svc.cluster.local;` (Istio's stats delimiter
 * may trail), `inbound-vip|80|http|web.shop.svc.cluster.local` of waypoints, `outbound_.80_._.host`.
 */
export function parseUpstreamCluster(text: string): UpstreamCluster {
  const name = clean(text, 500).replace(/;$/, '')
  const parts = name.includes('|') ? name.split('|') : name.split('_.').map((part) => part.replace(/_$/, ''))
  const [first = '', portText = '', , hostText = ''] = parts
  const structured = parts.length === 4
  const number = structured ? Number(portText) : 0
  const host = structured ? hostText.toLowerCase().slice(0, 253) : ''
  return {
    name,
    direction: directionOf(structured ? first : name),
    port: Number.isInteger(number) && number > 0 && number <= 65_535 ? number : 0,
    host,
    kind: kindOf(name),
    ref: hostRef(host),
    peers: new Map(),
  }
}

function directionOf(first: string): UpstreamCluster['direction'] {
  if (/^inbound/i.test(first)) return 'inbound'
  return first === 'outbound' || first === 'PassthroughCluster' ? 'outbound' : 'unknown'
}

function kindOf(name: string): UpstreamCluster['kind'] {
  if (name === 'BlackHoleCluster') return 'blackhole'
  if (name.includes('PassthroughCluster')) return 'passthrough'
  return tunnels.test(name) ? 'tunnel' : 'plain'
}

const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.includes(':')

/** The callee by its host name: a Service of Kubernetes, an outside party, nobody for '' and addresses. */
export function hostRef(host: string): EndpointRef {
  if (host === '' || isAddress(host)) return nobody
  const service = serviceOfHost(host)
  return service ? { service } : { reserved: 'world', names: [host] }
}
