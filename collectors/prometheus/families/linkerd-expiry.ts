import type { Certificate } from '@/core/encryption/ground'
import type { EndpointRef } from '@/core/endpoint'
import { createReadings } from '@/collectors/kit/readings'

const maxPods = 20_000
const everyMs = 60_000

/** When the proxies' certificates expire: the first of them, and whose it is. */
export function createExpiries(cluster: string) {
  const readings = createReadings<Certificate>(maxPods, everyMs)
  return {
    /** `expires`: seconds since 1970. */
    see({ namespace = '', pod, workload }: EndpointRef, expires: number, readAt: number): void {
      const subject = pod ?? workload?.name ?? 'unknown'
      if (!(expires > 0 && expires < 8e12)) return
      const notAfter = expires * 1000
      const certificate = { mesh: 'linkerd', level: 'workload', subject, namespace, notBefore: null } as const
      readings.see(`${namespace}/${subject}`, { cluster, ...certificate, notAfter, readAt })
    },
    take: readings.take,
    facts(): Readonly<Record<string, string>> {
      let first: Certificate | null = null
      for (const each of readings.values()) if (!first || each.notAfter < first.notAfter) first = each
      if (!first) return {}
      const date = new Date(first.notAfter).toISOString()
      return { 'first certificate to expire': `${date} (${first.namespace}/${first.subject})` }
    },
  }
}
