import { isIPv6 } from 'node:net'
import { clean } from '@/collectors/kit/text'
import type { DiscoveryInventory } from '@/collectors/source'
import type { ScrapeConfig } from './config'
import type { MetricFamily, Target } from './family'

/** Where a page of metrics is, and whose it is. */
export type Place = {
  /** The same at every start. */
  readonly key: string
  readonly url: URL
  readonly families: readonly MetricFamily[]
  readonly target: Target | null
  /** Names it in gaps and errors. */
  readonly part: string
  /** An address of the configuration, which its secrets are for. */
  readonly own: boolean
}

/** All places by key: the addresses of the configuration, and each pod's page once, whatever families are on it. */
export function placesOf(
  config: ScrapeConfig,
  inventory: DiscoveryInventory | null,
  families: readonly MetricFamily[],
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const { url, namespace, pod, node } of config.targets) {
    const parsed = new URL(url)
    const key = `url ${parsed.href}`
    const target = (namespace ?? pod ?? node) ? { namespace, pod, node } : null
    const part = pod ? `${namespace ?? ''}/${pod}` : clean(`${parsed.host}${parsed.pathname}`, 200)
    places.set(key, { key, url: parsed, families, target: target && present(target), part, own: true })
  }
  for (const pod of inventory?.pods() ?? []) {
    const ip = pod.ips[0]
    if (ip === undefined) continue
    for (const family of families) {
      const page = family.scrapeOf(pod)
      const host = isIPv6(ip) ? `[${ip}]` : ip
      const url = page && URL.parse(`http://${host}:${page.port}${page.path}`)
      if (!url) continue
      // By its address too: a pod of the same name with another address is another pod, and its counters are its own.
      const key = `pod ${pod.namespace}/${pod.name} ${url.href}`
      const known = places.get(key)
      const { namespace, name, node } = pod
      const target = { namespace, pod: name, node, ...(pod.workload ? { workload: pod.workload } : {}) }
      const part = `${namespace}/${name}`
      places.set(key, { key, url, families: [...(known?.families ?? []), family], target, part, own: false })
    }
  }
  return places
}

function present(target: { namespace?: string; pod?: string; node?: string }): Target {
  const { namespace, pod, node } = target
  return { ...(namespace && { namespace }), ...(pod && { pod }), ...(node && { node }) }
}
