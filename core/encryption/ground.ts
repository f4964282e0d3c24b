import type { Endpoint } from '../endpoint'
import type { InventoryObject, Labels, MeshProxy } from '../inventory/inventory-object'

export type IpVersion = 4 | 6

/** Pods of one workload that were alike on one node in the window. */
export type PlacedPods = {
  readonly node: string
  readonly proxy: MeshProxy
  readonly hostNetwork: boolean
  /** Ports that the proxy is told to leave alone, as annotations say. */
  readonly skipsIn: readonly number[]
  readonly skipsOut: readonly number[]
  /** Pods × seconds of the window that they were there. */
  readonly podSeconds: number
}

export type PlacedWorkload = {
  readonly endpoint: Endpoint
  /** Labels of its pods, as selectors see them. */
  readonly labels: Labels
  readonly pods: readonly PlacedPods[]
}

/**
 * Whether a node's tunnel takes what its own network says and hears there, both ways: true all, false not all, null
 * where nothing tells. By whom it speaks to: the own networks of other nodes, or pods elsewhere as their caller or callee.
 */
export type HostTunnel = {
  readonly withHosts: boolean | null
  readonly toPods: boolean | null
  readonly fromPods: boolean | null
}

/** Keys with which a node takes part in a tunnel. */
export type NodeKeys = {
  readonly cluster: string
  readonly name: string
  /** IP versions of its addresses; empty where they are not told. */
  readonly ips: readonly IpVersion[]
  /** Public keys for WireGuard; empty: the node has none. */
  readonly wireguard: readonly string[]
  /** IP versions whose traffic WireGuard takes there. */
  readonly wireguardIps: readonly IpVersion[]
  /** Whether Cilium encrypts with IPsec there. */
  readonly ipsec: boolean
  readonly host: HostTunnel
}

/** The newest reading of a WireGuard peer. Bytes are on the edges between nodes. */
export type TunnelReading = {
  readonly cluster: string
  readonly node: string
  readonly peerKey: string
  /** Milliseconds; null: the two have never shaken hands. */
  readonly handshakeAt: number | null
  readonly readAt: number
}

/** `root` and `issuer` of a mesh, or of one workload's proxy. */
export type Certificate = {
  readonly cluster: string
  readonly mesh: 'istio' | 'linkerd'
  readonly level: 'root' | 'issuer' | 'workload'
  /** The workload or pod, or where the certificate was read. */
  readonly subject: string
  readonly namespace: string
  readonly notBefore: number | null
  readonly notAfter: number
  readonly readAt: number
}

/** What sources read beside traffic. */
export type Readings = { readonly tunnels: readonly TunnelReading[]; readonly certificates: readonly Certificate[] }

export const noReadings: Readings = { tunnels: [], certificates: [] }

/** Kinds by which meshes are told what to encrypt. */
export type IntentObject = Extract<InventoryObject, { readonly kind: 'PeerAuthentication' | 'DestinationRule' }>

/** What is known of the ground that traffic of a window ran over: who was where, with which proxy, between which nodes. */
export type EncryptionGround = {
  /** By endpointKey. */
  readonly workloads: ReadonlyMap<string, PlacedWorkload>
  /** By `cluster/name`; a node is absent where nothing tells of its keys. core/witness/hop.ts tells the way between two. */
  readonly nodes: ReadonlyMap<string, NodeKeys>
  /** Labels and annotations of namespaces that say which mesh takes their pods, by `cluster/namespace`. */
  readonly namespaces: ReadonlyMap<string, { readonly labels: Labels; readonly annotations: Labels }>
  readonly intents: readonly (IntentObject & { readonly cluster: string })[]
  readonly tunnels: readonly TunnelReading[]
  readonly certificates: readonly Certificate[]
}
