import type { EndpointRef } from '@/core/endpoint'
import type { Reporter } from '@/core/verdict'
import { createRecent } from '@/collectors/kit/recent'
import type { Peer } from './peer'
import type { Proxy } from './proxy'
import type { RawAddress, RawEntry } from './raw-entry'
import { type UpstreamCluster, hostRef } from './upstream-cluster'

/** The two ends of the call that an entry is about. */
export type Ends = {
  reporter: Reporter
  from: EndpointRef
  to: EndpointRef
  fromIp: string
  toIp: string
  port: number
  sourcePort: number
  /** The caller reached the proxy itself: what its TLS says holds for the call. */
  inbound: boolean
  /** An HBONE tunnel's outside: the calls within have entries of their own. */
  tunnel: boolean
}

/** `inbound`: the proxy stands before the callee (or is it); `outbound`: before the caller (or is it); `waypoint`: between. */
export type Side = 'inbound' | 'outbound' | 'waypoint'

const connect = 6
const hbonePort = 15008
/** Istio's own: outbound and inbound capture, HBONE. They are the proxy's, never the callee's. */
const proxyPorts: ReadonlySet<number> = new Set([15001, 15006, hbonePort])
/** The address behind is another tunnel's or gateway's: HBONE, and east-west gateways by SNI. */
const tunnelPorts: ReadonlySet<number> = new Set([hbonePort, 15443])

const nobody: EndpointRef = {}
const maxPeers = 2_000
const maxHosts = 5_000

/** Says who called whom; refs are the same objects for the same ends. The object that it gives is reused. */
export function createEnds(): (raw: RawEntry, proxy: Proxy) => Ends {
  const hosts = createRecent<EndpointRef>(maxHosts)
  const identities = createRecent<EndpointRef>(maxHosts)
  const ends: Ends = {
    reporter: 'unknown',
    from: nobody,
    to: nobody,
    fromIp: '',
    toIp: '',
    port: 0,
    sourcePort: 0,
    inbound: false,
    tunnel: false,
  }

  const named = (host: string): EndpointRef => {
    let ref = hosts.get(host)
    if (!ref) {
      ref = hostRef(host)
      hosts.set(host, ref)
    }
    return ref
  }

  const identified = (uri: string): EndpointRef => {
    let ref = identities.get(uri)
    if (!ref) {
      const namespace = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/[^/]+$/.exec(uri)?.[1]
      ref = namespace ? { namespace } : nobody
      identities.set(uri, ref)
    }
    return ref
  }

  const caller = (raw: RawEntry, proxy: Proxy) => {
    ends.from = raw.downstreamPeer ? refOf(raw.downstreamPeer, proxy) : raw.peerUri ? identified(raw.peerUri) : nobody
    ends.fromIp = raw.direct.internal || isLoopback(raw.direct.ip) ? '' : raw.direct.ip
    ends.sourcePort = raw.direct.port
  }

  const callee = (raw: RawEntry, proxy: Proxy) => {
    const { cluster, upstream, local, upstreamPeer } = raw
    const host = cluster?.kind === 'plain' ? cluster.host : ''
    const tunnelled = tunnelPorts.has(upstream.port)
    const known = upstream.ip !== '' || upstream.port !== 0
    // The authority names what the caller wanted; where a host was chosen by other means, its address names it better.
    const asWanted = cluster ? cluster.kind === 'passthrough' || cluster.kind === 'blackhole' : !known
    if (upstreamPeer) ends.to = joined(upstreamPeer, cluster, proxy)
    else if (host) ends.to = cluster?.ref ?? nobody
    else ends.to = asWanted ? named(wantedHost(raw, proxy)) : nobody
    ends.toIp = upstream.port === 15443 ? '' : known ? upstream.ip : originalIp(local, proxy)
    ends.port =
      known && !tunnelled && upstream.port > 0 ? upstream.port : cluster?.port || portOf(local) || portIn(raw.authority)
  }

  const own = (raw: RawEntry, proxy: Proxy): string => proxy.ip || raw.local.ip

  return (raw, proxy) => {
    const side = sideOf(raw, proxy)
    ends.tunnel = raw.http && raw.method === connect && (raw.local.port === hbonePort || raw.cluster?.kind === 'tunnel')
    ends.inbound = side === 'inbound' || ends.tunnel
    if (ends.inbound) {
      ends.reporter = 'destination'
      caller(raw, proxy)
      ends.toIp = own(raw, proxy)
      ends.to = proxyRef(proxy, ends.toIp)
      ends.port = ends.tunnel ? hbonePort : portOf(raw.local) || raw.cluster?.port || raw.upstream.port
      return ends
    }
    callee(raw, proxy)
    if (side === 'waypoint') {
      ends.reporter = 'waypoint'
      caller(raw, proxy)
      return ends
    }
    ends.reporter = 'source'
    ends.fromIp = proxy.ip || raw.upstreamLocal.ip
    ends.from = proxyRef(proxy, ends.fromIp)
    ends.sourcePort = raw.upstreamLocal.port || raw.direct.port
    return ends
  }
}

/** An Envoy of no mesh is known best by its address. */
const proxyRef = (proxy: Proxy, ip: string): EndpointRef =>
  proxy.type === 'proxy' && proxy.namespace === '' && ip !== '' ? nobody : proxy.self.ref

/**
 * By the cluster's name where Istio gave one, then by the kind of proxy, then by addresses. Envoy names
 * no cluster where it never chose a host (a refusal, no healthy host).
 */
function sideOf({ cluster, direct, upstream }: RawEntry, proxy: Proxy): Side {
  if (proxy.type === 'waypoint') return 'waypoint'
  if (cluster && cluster.direction !== 'unknown') return cluster.direction
  const upstreamKnown = cluster !== null || upstream.ip !== ''
  if (proxy.type === 'router') return upstreamKnown ? 'outbound' : 'inbound'
  const isOwn = (ip: string) => ip !== '' && (ip === proxy.ip || isLoopback(ip))
  if (isOwn(direct.ip)) return 'outbound'
  if (isOwn(upstream.ip) || proxy.type === 'sidecar') return 'inbound'
  return upstreamKnown ? 'outbound' : 'inbound'
}

const isLoopback = (ip: string) => ip.startsWith('127.') || ip === '::1'

/** Who the caller wanted, where no cluster tells: by authority or SNI; a bare name is a Service beside the caller. */
function wantedHost(raw: RawEntry, proxy: Proxy): string {
  const host = (raw.authority ? withoutPort(raw.authority) : raw.sni).toLowerCase()
  if (!/^[a-z0-9*_](?:[a-z0-9._-]*[a-z0-9])?$/.test(host)) return ''
  return host.includes('.') || proxy.namespace === '' ? host : `${host}.${proxy.namespace}.svc`
}

const withoutPort = (authority: string) => authority.replace(/:\d{1,5}$/, '')
const portIn = (authority: string): number => Number(/:(\d{1,5})$/.exec(authority)?.[1] ?? 0) & 0xffff

/** Where the caller dialled: kept by Istio's capture as the listener's own address. */
const originalIp = (local: RawAddress, proxy: Proxy): string =>
  local.internal || local.ip === proxy.ip || isLoopback(local.ip) || local.ip === '0.0.0.0' ? '' : local.ip

const portOf = (local: RawAddress): number => (proxyPorts.has(local.port) ? 0 : local.port)

const refOf = (peer: Peer, proxy: Proxy): EndpointRef =>
  peer.clusterId !== '' && proxy.self.clusterId !== '' && peer.clusterId !== proxy.self.clusterId
    ? peer.foreign
    : peer.ref

/** The peer behind a Service. */
function joined(peer: Peer, cluster: UpstreamCluster | null, proxy: Proxy): EndpointRef {
  const base = refOf(peer, proxy)
  const service = cluster?.ref.service
  if (!cluster || !service || !base.workload) return base
  // A foreign peer and one at home are never the same cluster id, so the peer alone is key enough for one observer.
  const known = cluster.peers.get(peer)
  if (known && known.cluster === base.cluster) return known
  if (cluster.peers.size >= maxPeers) cluster.peers.clear()
  const ref = { ...base, service }
  cluster.peers.set(peer, ref)
  return ref
}
