import type { TunnelReading } from '@/core/encryption/ground'
import { createReadings } from '@/collectors/kit/readings'

const maxPeers = 50_000
const everyMs = 60_000

/** When peers last agreed on keys. WireGuard does so every two minutes while there is traffic. */
export function createPeers(cluster: string) {
  const readings = createReadings<TunnelReading>(maxPeers, everyMs)
  return {
    /** `node`: its name, else its own key. `handshake`: seconds since 1970; Go's zero time, far below zero, is a peer that never answered. */
    see(node: string, peerKey: string, handshake: number, readAt: number): void {
      if (!Number.isFinite(handshake) || node === '' || peerKey === '') return
      const handshakeAt = handshake > 0 ? handshake * 1000 : null
      readings.see(`${node} ${peerKey}`, { cluster, node, peerKey, handshakeAt, readAt })
    },
    take: readings.take,
    facts(): Readonly<Record<string, string | number>> {
      const peers = [...readings.values()]
      if (peers.length === 0) return {}
      const newest = Math.max(...peers.map(({ readAt }) => readAt))
      const shaken = peers.map(({ handshakeAt }) => handshakeAt).filter((at) => at !== null)
      return {
        'WireGuard peers': peers.length,
        'peers without a handshake': peers.length - shaken.length,
        'oldest handshake':
          shaken.length > 0 ? `${Math.max(0, Math.round((newest - Math.min(...shaken)) / 1000))} s ago` : 'never',
      }
    },
  }
}
