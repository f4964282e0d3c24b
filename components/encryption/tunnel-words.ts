import type { NodeTunnel, TunnelPeer } from '@/core/encryption/node-tunnels'
import { formatAgo, plural } from '../format'

/** How a node is drawn: with a key, without one, with a tunnel that is cut, or not known. */
export type NodeLook = 'keyed' | 'none' | 'cut' | 'unknown'

/** The look of a node and the sign that stands in its cell. */
export function nodeLook({ keys, peers }: NodeTunnel): { readonly look: NodeLook; readonly word: string } {
  if (keys === 'unknown') return { look: 'unknown', word: '?' }
  if (keys === 'none') return { look: 'none', word: '–' }
  if (peers?.some(({ state }) => state === 'cut' || state === 'never')) return { look: 'cut', word: '!' }
  return { look: 'keyed', word: '' }
}

const keyWords: Readonly<Record<NodeTunnel['keys'], string>> = {
  wireguard: 'WireGuard',
  ipsec: 'IPsec',
  none: 'no key',
  unknown: 'keys not known',
}

/** `ip-10-2-18: WireGuard, 22 of 23 peers told, last handshake 12 s ago`. */
export function nodeSentence({ name, keys, peers, expectedPeers, newestHandshakeAt }: NodeTunnel, now: number): string {
  const parts = [keyWords[keys]]
  if (peers) {
    parts.push(`${peers.length} of ${plural(expectedPeers, 'peer')} told`)
    const cut = peers.filter(({ state }) => state === 'cut').length
    const never = peers.filter(({ state }) => state === 'never').length
    if (cut > 0) parts.push(`${cut} cut`)
    if (never > 0) parts.push(`${never} never shook hands`)
  }
  if (newestHandshakeAt !== null) parts.push(`last handshake ${formatAgo(newestHandshakeAt, now)}`)
  return `${name}: ${parts.join(', ')}`
}

const rank: Readonly<Record<TunnelPeer['state'], number>> = { cut: 0, never: 1, quiet: 2, alive: 3 }

/** Tunnels that are not alive, worst first, each pair once. */
export function tunnelTrouble(
  nodes: readonly NodeTunnel[],
): readonly { readonly node: NodeTunnel; readonly peer: TunnelPeer }[] {
  const seen = new Set<string>()
  return nodes
    .flatMap((node) => (node.peers ?? []).map((peer) => ({ node, peer })))
    .filter(({ peer }) => peer.state !== 'alive')
    .sort((a, b) => rank[a.peer.state] - rank[b.peer.state])
    .filter(({ node, peer }) => {
      const pair = [node.name, peer.node ?? ''].sort().join(' ')
      return peer.node === null || (!seen.has(`${node.cluster} ${pair}`) && seen.add(`${node.cluster} ${pair}`))
    })
}
