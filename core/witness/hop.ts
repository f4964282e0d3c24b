import type { IpVersion, NodeKeys } from '../encryption/ground'
import type { Hop } from '../verdict'

/** Where an end of a call was: a pod with a network of its own or something in the host's network, on a node; or outside the cluster. */
export type Place =
  | { readonly at: 'pod' | 'host'; readonly cluster: string; readonly node: string }
  | { readonly at: 'outside' }

export const outsidePlace: Place = { at: 'outside' }

/** The IP version of an address, 4 also where IPv4 is written as IPv6; null for what is no address. */
export const ipVersion = (ip: string): IpVersion | null => (ip.includes('.') ? 4 : ip.includes(':') ? 6 : null)

/**
 * The way between the nodes of both ends. `keysOf` tells a node's keys, null where they are not known; `ip`: the
 * version that was spoken, null where nobody told. Tunnels between nodes take what pods with a network of their own
 * say to each other; the host's network as core/encryption/host-tunnel.ts tells of their nodes; nodes of two clusters
 * may know each other's keys or not.
 */
export function hopOf(
  from: Place | null,
  to: Place | null,
  keysOf: (cluster: string, node: string) => NodeKeys | null,
  ip: IpVersion | null,
): Hop {
  if (from?.at === 'outside' || to?.at === 'outside') return 'open'
  if (from === null || to === null) return 'unknown'
  const together = from.cluster === to.cluster
  if (together && from.node === to.node) return 'same-node'
  const [a, b] = [keysOf(from.cluster, from.node), keysOf(to.cluster, to.node)]
  return hopBetween({ keys: a, host: from.at === 'host' }, { keys: b, host: to.at === 'host' }, together, ip)
}

/** An end on a node: what is known of the node's keys, and whether the end is in its host's network. */
export type Seated = { readonly keys: NodeKeys | null; readonly host: boolean }

/** The way from an end on one node to one on another; `together`: both are of one cluster. */
export function hopBetween(from: Seated, to: Seated, together: boolean, ip: IpVersion | null): Hop {
  const between = hopOfPods(from.keys, to.keys, ip)
  if (between === 'open') return 'open'
  if (!together) return 'unknown'
  if (!from.host && !to.host) return between
  const takes = ({ keys }: Seated) =>
    keys && (from.host && to.host ? keys.host.withHosts : from.host ? keys.host.toPods : keys.host.fromPods)
  if ((from.host && takes(from) === false) || (to.host && takes(to) === false)) return 'open'
  return takes(from) && takes(to) ? between : 'unknown'
}

/** The way between pods on two different nodes of one cluster. */
function hopOfPods(a: NodeKeys | null, b: NodeKeys | null, ip: IpVersion | null): Hop {
  if (a === null || b === null) return 'unknown'
  if (a.ipsec && b.ipsec) return 'ipsec'
  if (ip !== null) return bothTake(a, b, ip) ? 'wireguard' : 'open'
  const spoken = new Set([...a.ips, ...b.ips, ...a.wireguardIps, ...b.wireguardIps])
  const taken = [...spoken].filter((version) => bothTake(a, b, version)).length
  if (taken === 0) return 'open'
  return taken === spoken.size ? 'wireguard' : 'unknown'
}

const bothTake = (a: NodeKeys, b: NodeKeys, version: IpVersion): boolean =>
  a.wireguardIps.includes(version) && b.wireguardIps.includes(version)
