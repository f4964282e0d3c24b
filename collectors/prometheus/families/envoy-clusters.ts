import { hostOf, isDomain, portOf } from './labels'
import { partyOfHost, serviceOf } from './parties'
import type { End } from './place'

/** Clusters by which a proxy is managed and watched. */
const own =
  /^(xds|sds|ads|agent|admin|prometheus_stats|stats_server|zipkin|statsd|local_agent)([-_.]|$)|[-_](admin|xds|sds|ads)$|^xds[-_]?grpc|^sds-grpc/i
/** Envoy Gateway and other controllers name a cluster by the route that leads to it. */
const route = /^(http|grpc|tcp|tls|udp)route\//

/** Who is behind a cluster of Envoy, by its name; null for the proxy's own and for the application that it stands before. */
export function clusterEnd(cluster: string): End | null {
  // Istio ends its names with `;` in statistics.
  const name = cluster.replace(/;.*$/, '')
  if (name === '' || own.test(name)) return null
  if (/^inbound[|_]|^InboundPassthroughCluster/.test(name)) return null
  if (name === 'PassthroughCluster' || name === 'BlackHoleCluster') return { ref: { reserved: 'unknown' } }
  return istioEnd(name) ?? kubernetesEnd(name) ?? hostEnd(name)
}

/** `outbound|9080|v1|reviews.default.svc.cluster.local`, and `outbound_.9080_.v1_.reviews…` as in TLS server names. */
function istioEnd(name: string): End | null {
  const [, port, host] =
    /^outbound\|(\d+)\|[^|]*\|(.+)$/.exec(name) ?? /^outbound_\.(\d+)_\.[^_]*_\.(.+)$/.exec(name) ?? []
  return host === undefined ? null : { ...partyOfHost(hostOf(host)), port: portOf(port) }
}

/** `namespace/service/port`, with what a controller (Contour, Gloo) puts behind it. */
function kubernetesEnd(name: string): End | null {
  if (route.test(name)) return null
  const [, namespace, service, port] = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})\/(\d{1,5})(?:\/|$)/.exec(name) ?? []
  return namespace && service ? { ref: { service: { namespace, name: service } }, port: portOf(port) } : null
}

/** A host name or address, of which Envoy writes `:` as `_`; anything else is a party that has this name and no other. */
function hostEnd(name: string): End {
  const host = hostOf(name.replace(/_(\d{1,5})$/, ':$1'))
  if (host.ip || serviceOf(host.name) || isDomain(host.name)) return partyOfHost(host)
  return { ref: { reserved: 'unknown', names: [name] } }
}
