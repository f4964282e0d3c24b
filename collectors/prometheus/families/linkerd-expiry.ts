import type { EndpointRef } from '@/core/endpoint'

type Expiry = { readonly expires: number; readonly seen: number }

const maxPods = 20_000
/** A pod that told nothing for so long is gone. */
const maxAgeMs = 600_000

/** When the proxies' certificates expire: the first of them, and whose it is. */
export function createExpiries() {
  const pods = new Map<string, Expiry>()
  let newest = 0
  return {
    /** `expires`: seconds since 1970. */
    see({ namespace = '', pod, workload }: EndpointRef, expires: number, seen: number): void {
      const name = `${namespace}/${pod ?? workload?.name ?? 'unknown'}`
      if (!(expires > 0 && expires < 8e12) || (pods.size >= maxPods && !pods.has(name))) return
      pods.set(name, { expires, seen })
      newest = Math.max(newest, seen)
    },
    facts(): Readonly<Record<string, string>> {
      let first: { name: string; expires: number } | null = null
      for (const [name, { expires, seen }] of pods) {
        if (seen < newest - maxAgeMs) pods.delete(name)
        else if (!first || expires < first.expires) first = { name, expires }
      }
      if (!first) return {}
      const date = new Date(first.expires * 1000).toISOString()
      return { 'first certificate to expire': `${date} (${first.name})` }
    },
  }
}
