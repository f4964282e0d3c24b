import { hopBetween } from '../witness/hop'
import type { Edge } from '../world'
import type { NodeKeys } from './ground'
import type { Shares, WayKind } from './join-layers'
import type { Seat, Seats } from './seats'

/** The way between the nodes of an edge as the placement of its pods leaves it: what is certain, and what is to be expected. */
export type PlacedWay = {
  /** One kind that holds whichever pods spoke. */
  readonly certain: WayKind
  /** Were each pair of pods equally likely. Never in a figure. null where nothing is known of an end. */
  readonly expected: Shares<WayKind> | null
}

/** O(pods' nodes of both ends). */
export function placedWay({ from, to }: Pick<Edge, 'from' | 'to'>, seats: Seats): PlacedWay {
  const [a, b] = [seats.of(from), seats.of(to)]
  if (a === 'outside' || b === 'outside') return { certain: 'open', expected: { open: 1 } }
  if (!a || !b || a.length === 0 || b.length === 0) {
    const untunnelled = from.cluster === to.cluster && seats.hasNoTunnel(to.cluster)
    return { certain: untunnelled ? 'not-tunnel' : 'unknown', expected: null }
  }
  const expected = expectedWay(a, b, seats)
  return { certain: certainOf(expected), expected }
}

function certainOf({ tunnel = 0, 'same-node': same = 0, open = 0, unknown = 0 }: Shares<WayKind>): WayKind {
  if (unknown > 0) return 'unknown'
  if (tunnel > 0) return open > 0 ? 'unknown' : same > 0 ? 'not-open' : 'tunnel'
  if (same > 0) return open > 0 ? 'not-tunnel' : 'same-node'
  return open > 0 ? 'open' : 'unknown'
}

/** Seats whose nodes take the same part in a tunnel. */
type Group = {
  readonly keys: NodeKeys | null
  readonly host: boolean
  readonly cluster: string
  weight: number
  readonly nodes: Map<string, number>
}

function expectedWay(a: readonly Seat[], b: readonly Seat[], seats: Seats): Shares<WayKind> {
  const [left, right] = [groupsOf(a, seats), groupsOf(b, seats)]
  const sum = { tunnel: 0, 'same-node': 0, open: 0, unknown: 0 }
  for (const one of left)
    for (const other of right) {
      const together = one.cluster === other.cluster
      const same = together ? sameNode(one, other) : 0
      const apart = one.weight * other.weight - same
      sum['same-node'] += same
      if (apart > one.weight * other.weight * 1e-9) sum[between(one, other)] += apart
    }
  const all = sum.tunnel + sum['same-node'] + sum.open + sum.unknown
  if (!(all > 0)) return { unknown: 1 }
  return {
    tunnel: sum.tunnel / all,
    'same-node': sum['same-node'] / all,
    open: sum.open / all,
    unknown: sum.unknown / all,
  }
}

/** As core/witness/hop.ts says it of two places. */
function between(a: Group, b: Group): 'tunnel' | 'open' | 'unknown' {
  const hop = hopBetween(a, b, a.cluster === b.cluster, null)
  return hop === 'wireguard' || hop === 'ipsec' ? 'tunnel' : hop === 'open' ? 'open' : 'unknown'
}

function sameNode(one: Group, other: Group): number {
  let sum = 0
  for (const [node, weight] of one.nodes) sum += weight * (other.nodes.get(node) ?? 0)
  return sum
}

/** By the seats of an end, which `Seats` makes once: they stay on the nodes of one ground. */
const known = new WeakMap<readonly Seat[], readonly Group[]>()

function groupsOf(seats: readonly Seat[], { keysOf }: Seats): readonly Group[] {
  let groups = known.get(seats)
  if (!groups) known.set(seats, (groups = makeGroups(seats, keysOf)))
  return groups
}

function makeGroups(seats: readonly Seat[], keysOf: Seats['keysOf']): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const { cluster, node, hostNetwork: host, podSeconds } of seats) {
    const keys = keysOf(cluster, node)
    const key = JSON.stringify([cluster, host, keys?.ipsec, keys?.wireguardIps, keys?.ips, keys?.host])
    const group = groups.get(key) ?? { keys, host, cluster, weight: 0, nodes: new Map<string, number>() }
    const weight = podSeconds > 0 ? podSeconds : 1e-6
    group.weight += weight
    group.nodes.set(node, (group.nodes.get(node) ?? 0) + weight)
    groups.set(key, group)
  }
  return [...groups.values()]
}
