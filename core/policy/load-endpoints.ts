import { nameOf, namespaceNameOf, protocolOf } from './load-cluster'
import type { EndpointPort, ModelEndpoints, ModelObject, ModelService, Workload } from './model'
import { parseSingle } from './ranges'
import { field, itemsAt, numberAt, type Reader, textAt } from './read'

/** Endpoints of a Service. `slice`: out of an EndpointSlice, which counts before what Endpoints say. */
export type LoadedEndpoints = {
  readonly namespace: string
  readonly service: string
  readonly slice: boolean
  readonly endpoints: readonly ModelEndpoints[]
}

export const isEndpointSlice = ({ apiVersion, kind }: ModelObject): boolean =>
  kind === 'EndpointSlice' && (apiVersion === 'discovery.k8s.io/v1' || apiVersion === 'discovery.k8s.io/v1beta1')

/** One of a Service carries its name as a label. */
export function endpointSliceOf(at: Reader): LoadedEndpoints {
  const service = textAt(field(field(field(at, 'metadata'), 'labels'), 'kubernetes.io/service-name')) ?? ''
  const addresses = (itemsAt(field(at, 'endpoints')) ?? []).flatMap((one) => textsOf(field(one, 'addresses')))
  nameOf(at)
  return {
    namespace: namespaceNameOf(at),
    service,
    slice: true,
    endpoints: [{ addresses, ports: portsOf(at) }],
  }
}

/** v1 Endpoints have the name of their Service. */
export function endpointsOf(at: Reader): LoadedEndpoints {
  const subsets = itemsAt(field(at, 'subsets')) ?? []
  return {
    namespace: namespaceNameOf(at),
    service: nameOf(at),
    slice: false,
    endpoints: subsets.map((subset) => ({
      addresses: ['addresses', 'notReadyAddresses'].flatMap((list) =>
        (itemsAt(field(subset, list)) ?? []).flatMap((one) => textAt(field(one, 'ip')) ?? []),
      ),
      ports: portsOf(subset),
    })),
  }
}

const textsOf = (at: Reader): readonly string[] => (itemsAt(at) ?? []).flatMap((item) => textAt(item) ?? [])

const portsOf = (at: Reader): readonly EndpointPort[] =>
  (itemsAt(field(at, 'ports')) ?? []).map((one) => ({
    name: textAt(field(one, 'name')) ?? '',
    protocol: protocolOf(one),
    port: numberAt(field(one, 'port')),
  }))

/** Services with who is behind them; of addresses, what no pod has is kept apart. O(services + endpoints + pods). */
export function withEndpoints(
  services: readonly ModelService[],
  loaded: readonly LoadedEndpoints[],
  workloads: readonly Workload[],
): readonly ModelService[] {
  if (loaded.length === 0) return services
  const pods = new Set(workloads.flatMap(({ ips }) => ips.map(addressKey)))
  const of = new Map<string, LoadedEndpoints[]>()
  for (const one of loaded) {
    const key = `${one.namespace}/${one.service}`
    of.set(key, [...(of.get(key) ?? []), one])
  }
  return services.map((service) => {
    const own = of.get(`${service.namespace}/${service.name}`)
    if (!own) return service
    const slices = own.filter(({ slice }) => slice)
    const endpoints = (slices.length > 0 ? slices : own).flatMap((one) => one.endpoints)
    const addresses = new Set(endpoints.flatMap((one) => one.addresses))
    return { ...service, endpoints, addresses: [...addresses].filter((text) => !pods.has(addressKey(text))) }
  })
}

/** The same for all ways to write an address; what is none stays as it is. */
export function addressKey(text: string): string {
  const address = parseSingle(text)
  return address ? `${address.bits}/${address.first}` : text
}
