type Peer = { readonly handshake: number; readonly seen: number }

const maxPeers = 50_000
/** A peer that was told nothing of for so long is gone. */
const maxAgeMs = 600_000

/** How long ago peers last agreed on keys. WireGuard does so every two minutes while there is traffic. */
export function createPeers() {
  const peers = new Map<string, Peer>()
  let newest = 0
  return {
    /** `handshake`: seconds since 1970; Go's zero time, far below zero, is a peer that never answered. */
    see(name: string, handshake: number, seen: number): void {
      if (!Number.isFinite(handshake) || (peers.size >= maxPeers && !peers.has(name))) return
      peers.set(name, { handshake, seen })
      newest = Math.max(newest, seen)
    },
    facts(): Readonly<Record<string, string | number>> {
      let never = 0
      let oldest = Number.POSITIVE_INFINITY
      for (const [name, { handshake, seen }] of peers) {
        if (seen < newest - maxAgeMs) peers.delete(name)
        else if (handshake <= 0) never++
        else oldest = Math.min(oldest, handshake)
      }
      if (peers.size === 0) return {}
      return {
        'WireGuard peers': peers.size,
        'peers without a handshake': never,
        'oldest handshake': Number.isFinite(oldest)
          ? `${Math.max(0, Math.round(newest / 1000 - oldest))} s ago`
          : 'never',
      }
    },
  }
}
