/** Pod addresses by node: each has a /20 of 10.0.0.0/8. What a pod gave back is used again before a fresh one. */
export type Addresses = {
  take(node: number, now: number): string
  release(node: number, ip: string, now: number): void
}

/** An address rests this long before another pod gets it. */
const restMs = 10_000

export function createAddresses(): Addresses {
  const fresh = new Map<number, number>()
  const released = new Map<number, { ip: string; at: number }[]>()
  return {
    take(node, now) {
      const queue = released.get(node)
      const first = queue?.[0]
      if (queue && first && now - first.at >= restMs) {
        queue.shift()
        return first.ip
      }
      const next = fresh.get(node) ?? 10
      fresh.set(node, next + 1)
      return `10.${node >> 4}.${((node & 15) << 4) + (next >> 8)}.${next & 255}`
    },
    release(node, ip, at) {
      const queue = released.get(node)
      if (queue) queue.push({ ip, at })
      else released.set(node, [{ ip, at }])
    },
  }
}
