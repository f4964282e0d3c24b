import type { Cluster, Node } from '../model/cluster'
import { hasWireguard, wireguardKey, wireguardPort } from '../model/wireguard'
import type { Witness } from '../traffic/made'
import type { Registry } from './registry'

const handshakeEveryMs = 120_000
/** For a fifth of each half hour the first two nodes shake no hands. */
const cycleMs = 30 * 60_000
const stale = { from: 16 * 60_000, to: 22 * 60_000 }

/** What Felix tells of WireGuard on each node that has it, one series for each peer. */
export function felixMetrics(cluster: Cluster, registry: Registry): Witness {
  const targetOf = (node: Node) => {
    const pod = cluster.workloads.get('calico-system/calico-node')?.pods.find((p) => p.node === node)
    return pod ? registry.target(pod, 9091, 'felix') : null
  }
  const labels = (node: Node, peer: Node) => () => ({
    hostname: node.name,
    public_key: wireguardKey(node),
    peer_key: wireguardKey(peer),
    peer_endpoint: `${peer.ip}:${wireguardPort}`,
  })
  const encrypted = cluster.nodes.filter((node) => hasWireguard(node.index, cluster.nodes.length))
  const carry = (node: Node, peer: Node, sent: number, received: number) => {
    const target = targetOf(node)
    if (!target) return
    registry.count(target, 'wireguard_bytes_sent', peer.name, labels(node, peer), sent)
    registry.count(target, 'wireguard_bytes_rcvd', peer.name, labels(node, peer), received)
  }
  const isStale = (node: Node, peer: Node, at: number) => {
    const into = at % cycleMs
    return into >= stale.from && into < stale.to && node.index < 2 && peer.index < 2
  }
  let shaken = 0
  return {
    made({ from, to, bytesSent, bytesReceived, denied }) {
      const [a, b] = [from.pod?.node, to.pod?.node]
      if (denied || !a || !b || a === b || !encrypted.includes(a) || !encrypted.includes(b)) return
      carry(a, b, bytesSent, bytesReceived)
      carry(b, a, bytesReceived, bytesSent)
    },
    lived(until) {
      const latest = Math.floor(until / handshakeEveryMs) * handshakeEveryMs
      if (latest === shaken) return
      shaken = latest
      for (const node of encrypted) {
        const target = targetOf(node)
        if (!target) continue
        const meta = {
          hostname: node.name,
          public_key: wireguardKey(node),
          iface: 'wireguard.cali',
          listen_port: String(wireguardPort),
        }
        registry.set(target, 'wireguard_meta', '', () => meta, 1)
        for (const peer of encrypted)
          if (peer !== node && !isStale(node, peer, latest))
            registry.set(target, 'wireguard_latest_handshake_seconds', peer.name, labels(node, peer), latest / 1000)
      }
    },
  }
}
