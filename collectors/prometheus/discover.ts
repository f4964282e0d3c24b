import type { DiscoveryInventory } from '@/collectors/source'
import { type PrometheusConfig, type ScrapeConfig, familyNames, prometheusConfig, scrapeConfig } from './config'
import type { MetricFamily } from './family'

/** Names that the usual charts give to the query API, the widest view first. */
const names = [
  /^(.+-)?thanos-query(-frontend)?$/,
  /^prometheus(-server|-k8s|-operated|-community-server)?$/,
  /^.+-(prometheus|prometheus-server)$/,
  /^vmsingle-.+$|^victoria-metrics(-single)?(-server)?$/,
]

const portNames = ['http-web', 'web', 'http', 'http-query', 'server']
const portNumbers = [9090, 80, 10902, 8428, 8429]

/**
 * The one server that sees most, by its Service's name: two that scrape the same pods would count them twice.
 * Linkerd's dashboard brings a server of its own that scrapes its proxies only.
 */
export function discoverServers(inventory: DiscoveryInventory): PrometheusConfig[] {
  const { cluster } = inventory
  const services = [...inventory.services()].sort(
    (a, b) => compare(a.name, b.name) || compare(a.namespace, b.namespace),
  )
  const linkerd = find(services.filter(({ namespace }) => namespace === linkerdNamespace))
  const main = find(services.filter(({ namespace }) => namespace !== linkerdNamespace))
  if (!main) return linkerd ? [prometheusConfig.parse({ url: linkerd, cluster, families: ['linkerd'] })] : []
  if (!linkerd) return [prometheusConfig.parse({ url: main, cluster })]
  return [
    prometheusConfig.parse({ url: main, cluster, families: familyNames.filter((name) => name !== 'linkerd') }),
    prometheusConfig.parse({ url: linkerd, cluster, families: ['linkerd'] }),
  ]
}

const linkerdNamespace = 'linkerd-viz'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

type Service = Parameters<typeof portOf>[0] & { readonly namespace: string; readonly name: string }

function find(services: readonly Service[]): string | null {
  for (const pattern of names) {
    for (const service of services) {
      const port = pattern.test(service.name) ? portOf(service) : null
      if (port !== null) return `http://${service.name}.${service.namespace}.svc:${port}`
    }
  }
  return null
}

function portOf({
  ports,
}: {
  readonly ports: readonly { readonly name: string; readonly port: number }[]
}): number | null {
  const named = portNames.flatMap((name) => ports.filter((port) => port.name === name))
  const fit = named.find(({ port }) => portNumbers.includes(port))
  return (fit ?? ports.find(({ port }) => portNumbers.includes(port)))?.port ?? null
}

/** Pods are scraped where any serves what we read and no server was found that does it already. */
export function discoverPods(inventory: DiscoveryInventory, families: readonly MetricFamily[]): ScrapeConfig[] {
  if (discoverServers(inventory).length > 0) return []
  for (const pod of inventory.pods()) {
    if (families.some((family) => family.scrapeOf(pod) !== null))
      return [scrapeConfig.parse({ cluster: inventory.cluster })]
  }
  return []
}
