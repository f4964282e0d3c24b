import { endpointKey, type Endpoint } from '../endpoint'
import type { Hop } from '../verdict'
import type { EdgeRow, Facet } from '../world'
import { http, row } from '../world-fixture'
import type { MeshProxy } from '../inventory/inventory-object'
import { unknownHost } from './host-tunnel'
import type { EncryptionGround, NodeKeys, PlacedPods, PlacedWorkload } from './ground'

/** Small grounds for tests of core; no product code imports this. */

export const pods = (node: string, proxy: MeshProxy = 'none', parts: Partial<PlacedPods> = {}): PlacedPods => ({
  node,
  proxy,
  hostNetwork: false,
  skipsIn: [],
  skipsOut: [],
  podSeconds: 100,
  ...parts,
})

export const placed = (endpoint: Endpoint, ...own: readonly PlacedPods[]): PlacedWorkload => ({
  endpoint,
  labels: { app: endpoint.name },
  pods: own,
})

export const node = (name: string, key = `${name}-key`, parts: Partial<NodeKeys> = {}): NodeKeys => ({
  cluster: 'east',
  name,
  ips: [4],
  wireguard: key === '' ? [] : [key],
  wireguardIps: key === '' ? [] : [4],
  ipsec: false,
  host: unknownHost,
  ...parts,
})

export const ground = (
  workloads: readonly PlacedWorkload[],
  nodes: readonly NodeKeys[] = [],
  parts: Partial<EncryptionGround> = {},
): EncryptionGround => ({
  workloads: new Map(workloads.map((each) => [endpointKey(each.endpoint), each])),
  nodes: new Map(nodes.map((each) => [`${each.cluster}/${each.name}`, each])),
  namespaces: new Map(),
  intents: [],
  tunnels: [],
  certificates: [],
  ...parts,
})

/** The same row, counted on this way between nodes. */
export const over = (hop: Hop, row: EdgeRow): EdgeRow => ({ ...row, facet: { ...row.facet, hop } })

export const istio = (encryption: Facet['encryption'], n: number, parts: Partial<Facet> = {}) =>
  http(n, 0, null, { source: 'prometheus:istio', encryption, ...parts })
export const istioTcp = (encryption: Facet['encryption'], bytes: number, parts: Partial<Facet> = {}) =>
  row({ source: 'prometheus:istio', encryption, ...parts }, { connections: bytes / 10, bytesSent: bytes })
export const linkerd = (encryption: Facet['encryption'], n: number, reason = '', parts: Partial<Facet> = {}) =>
  http(n, 0, null, { source: 'prometheus:linkerd', encryption, reason, ...parts })
export const goldmane = (bytes: number) =>
  row({ source: 'goldmane' }, { connections: 10, bytesSent: bytes, bytesReceived: 0 })

const intent = (name: string, spec: unknown, createdAt: number) => {
  const [namespace = '', own = ''] = name.split('/')
  const common = { uid: name, labels: {}, annotations: {}, owner: null }
  return { ...common, cluster: 'east', namespace, name: own, spec, createdAt }
}

export const peerAuthentication = (name: string, spec: unknown, createdAt = 0) => ({
  kind: 'PeerAuthentication' as const,
  ...intent(name, spec, createdAt),
})

export const destinationRule = (name: string, spec: unknown, createdAt = 0) => ({
  kind: 'DestinationRule' as const,
  ...intent(name, spec, createdAt),
})
