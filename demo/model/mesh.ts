import type { Pod, Workload } from './cluster'
import type { ProxyKind } from './types'
import { hasWireguard } from './wireguard'

/** The proxy beside the workload's pods; null where it has not joined a mesh. */
export function proxyOf({ spec, namespace }: Workload): ProxyKind | null {
  const kind = spec.mesh ?? namespace.mesh ?? 'none'
  return kind === 'none' ? null : kind
}

/** Ports whose PeerAuthentication says DISABLE: sidecars at both ends, and plain text between them. */
const plaintextPorts: ReadonlySet<string> = new Set(['orders/events-kafka:9092'])

/** Services labelled `istio.io/use-waypoint`: callers from ambient pods reach them through the waypoint. */
const waypointServices: ReadonlySet<string> = new Set(['catalog/images'])

const pathOf = ({ spec }: Workload) => `${spec.namespace}/${spec.name}`

export const behindWaypoint = (workload: Workload): boolean => waypointServices.has(pathOf(workload))

export const throughWaypoint = (from: Workload, to: Workload): boolean =>
  behindWaypoint(to) && proxyOf(from) === 'ztunnel'

/** Whether the meshes of both ends encrypt a connection to this port with certificates of both. */
export function isMutualTls(from: Workload, to: Workload, port: number): boolean {
  const [a, b] = [proxyOf(from), proxyOf(to)]
  if (!a || !b || plaintextPorts.has(`${pathOf(to)}:${port}`)) return false
  return (a === 'linkerd') === (b === 'linkerd')
}

/** What protects the bytes of a call on their way: the first of these that holds. Mesh TLS on one node is `mtls`. */
export const protections = ['mtls+tunnel', 'mtls', 'tls', 'same-node', 'tunnel', 'plaintext'] as const
export type Protection = (typeof protections)[number]

/** `null`: the end is outside the cluster. */
export function protectionOf(from: Pod | null, to: Pod | null, port: number, nodeCount: number): Protection {
  if (!from || !to) return port === 443 || port === 587 ? 'tls' : 'plaintext'
  const mutual = isMutualTls(from.workload, to.workload, port)
  if (from.node === to.node) return mutual ? 'mtls' : 'same-node'
  if (!goesThroughTunnel(from, to, nodeCount)) return mutual ? 'mtls' : 'plaintext'
  return mutual ? 'mtls+tunnel' : 'tunnel'
}

/** Whether both pods have a network of their own, on two nodes that take part in WireGuard. */
const goesThroughTunnel = (from: Pod, to: Pod, nodeCount: number): boolean =>
  [from, to].every(({ node, workload }) => hasWireguard(node.index, nodeCount) && !workload.spec.hostNetwork)

export const trustDomain = 'cluster.local'

/** The SPIFFE id that Istio gives a workload. */
export const spiffeId = ({ spec }: Workload): string => `spiffe://${trustDomain}/ns/${spec.namespace}/sa/${spec.name}`

/** The name that Linkerd's identity gives a workload. */
export const linkerdId = ({ spec }: Workload): string =>
  `${spec.name}.${spec.namespace}.serviceaccount.identity.linkerd.cluster.local`
