import type { World } from '../world'
import type { EncryptionGround, TunnelReading } from './ground'

/**
 * WireGuard's own time limit: a session carries nothing 180 s after its handshake (REJECT_AFTER_TIME, "WireGuard:
 * Next Generation Kernel Network Tunnel" §6.1); one in use shakes hands anew every 120 s. A peer without traffic and
 * without keepalives shakes no hands either, so an old handshake alone is `quiet` and no fault.
 */
export const sessionMs = 180_000

/** `cut`: packets were sent in the window, nothing came back and no hands were shaken. `never`: they were never. */
export const peerStates = ['alive', 'quiet', 'cut', 'never'] as const
export type PeerState = (typeof peerStates)[number]

export type TunnelPeer = {
  /** The node of the peer's key; null where no node has that key. */
  readonly node: string | null
  readonly state: PeerState
  /** Milliseconds. */
  readonly handshakeAt: number | null
  readonly readAt: number
}

export type NodeTunnel = {
  readonly cluster: string
  readonly name: string
  /** `unknown`: nothing tells of its keys. */
  readonly keys: 'wireguard' | 'ipsec' | 'none' | 'unknown'
  /** Other nodes of the cluster with a key of the same kind: the peers that it should have. */
  readonly expectedPeers: number
  /** Peers as the node's own metrics tell them; null where it tells none. */
  readonly peers: readonly TunnelPeer[] | null
  readonly newestHandshakeAt: number | null
}

/** Every node that is known, by name. O(nodes + readings + edges between nodes). */
export function nodeTunnels({ ground, edges }: Pick<World, 'ground' | 'edges'>): readonly NodeTunnel[] {
  if (!ground) return []
  const owners = new Map(
    [...ground.nodes.values()].flatMap(({ cluster, name, wireguard }) =>
      wireguard.map((key) => [`${cluster} ${key}`, name] as const),
    ),
  )
  const readings = new Map<string, TunnelReading[]>()
  for (const reading of ground.tunnels) {
    const key = `${reading.cluster}/${reading.node}`
    const own = readings.get(key)
    if (own) own.push(reading)
    else readings.set(key, [reading])
  }
  const answers = answersBetween(edges)
  const keyed = countKeyed(ground)
  return [...ground.nodes.values()]
    .map((node): NodeTunnel => {
      const { cluster, name, ipsec, wireguard } = node
      const keys = ipsec ? 'ipsec' : wireguard.length > 0 ? 'wireguard' : 'none'
      const peers = (readings.get(`${cluster}/${name}`) ?? []).map((reading): TunnelPeer => {
        const peer = owners.get(`${cluster} ${reading.peerKey}`) ?? null
        const state = stateOf(reading, peer === null ? undefined : answers.get(`${cluster} ${name} ${peer}`))
        return { node: peer, state, handshakeAt: reading.handshakeAt, readAt: reading.readAt }
      })
      const newest = Math.max(...peers.map(({ handshakeAt }) => handshakeAt ?? -Infinity))
      return {
        cluster,
        name,
        keys,
        expectedPeers: keys === 'none' ? 0 : Math.max(0, (keyed.get(`${cluster} ${keys}`) ?? 0) - 1),
        peers: peers.length > 0 ? peers : null,
        newestHandshakeAt: Number.isFinite(newest) ? newest : null,
      }
    })
    .sort((a, b) => (a.cluster === b.cluster ? compare(a.name, b.name) : compare(a.cluster, b.cluster)))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function countKeyed({ nodes }: EncryptionGround): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { cluster, ipsec, wireguard } of nodes.values()) {
    const kind = ipsec ? 'ipsec' : wireguard.length > 0 ? 'wireguard' : 'none'
    counts.set(`${cluster} ${kind}`, (counts.get(`${cluster} ${kind}`) ?? 0) + 1)
  }
  return counts
}

type Answer = { sent: number; received: number }

/** What each node said it sent to another through the tunnel, and got back, in the window. */
function answersBetween(edges: World['edges']): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>()
  const put = (cluster: string, node: string, peer: string, part: Partial<Answer>) => {
    const key = `${cluster} ${node} ${peer}`
    const { sent, received } = answers.get(key) ?? { sent: 0, received: 0 }
    answers.set(key, { sent: sent + (part.sent ?? 0), received: received + (part.received ?? 0) })
  }
  for (const { edge, rows } of edges) {
    if (edge.from.kind !== 'Node' || edge.to.kind !== 'Node') continue
    for (const { facet, bytesSent } of rows) {
      if (facet.encryption !== 'wireguard') continue
      const n = bytesSent ?? 0
      if (facet.reporter === 'source') put(edge.from.cluster, edge.from.name, edge.to.name, { sent: n })
      if (facet.reporter === 'destination') put(edge.to.cluster, edge.to.name, edge.from.name, { received: n })
    }
  }
  return answers
}

function stateOf({ handshakeAt, readAt }: TunnelReading, answer: Answer | undefined): PeerState {
  if (handshakeAt !== null && readAt - handshakeAt <= sessionMs) return 'alive'
  if (answer && answer.sent > 0 && answer.received === 0) return 'cut'
  return handshakeAt === null ? 'never' : 'quiet'
}
