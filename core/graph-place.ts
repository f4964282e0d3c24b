import { endpointKey, endpointType, type Endpoint } from './endpoint'
import type { GraphNode, Level } from './graph'
import type { InventoryItem } from './world'

/** Where an endpoint is drawn: as itself, as the Service in front of it, or inside a folded namespace. */
export type Place = Pick<GraphNode, 'id' | 'type' | 'cluster' | 'namespace' | 'kind' | 'name'> & {
  readonly folded: boolean
  /** Its number among the places made so far; for keys in memory, never shown. */
  readonly index: number
}

export type Places = {
  of(endpoint: Endpoint): Place
}

/** `cluster/namespace` of an endpoint, as lists of folded namespaces name it; null where it has no namespace. */
export const regionOf = ({ cluster, namespace }: Endpoint): string | null =>
  namespace === '' ? null : `${cluster}/${namespace}`

/** Places by endpoint for one level. `isFolded` is asked with `cluster/namespace`. */
export function createPlaces(
  level: Level,
  inventory: readonly InventoryItem[],
  isFolded: (region: string) => boolean,
): Places {
  const services = level === 'service' ? onlyServices(inventory) : null
  const byObject = new Map<Endpoint, Place>()
  const byId = new Map<string, Place>()

  const placeOf = (endpoint: Endpoint): Place => {
    const region = regionOf(endpoint)
    if (region !== null && isFolded(region)) return placed(namespaceEndpoint(endpoint), 'namespace', true)
    const service = services?.get(endpointKey(endpoint))
    const shown = service === undefined ? endpoint : { ...endpoint, kind: 'Service', name: service }
    return placed(shown, endpointType(shown), false)
  }
  const placed = (shown: Endpoint, type: Place['type'], folded: boolean): Place => {
    const id = endpointKey(shown)
    let place = byId.get(id)
    if (!place) {
      const { cluster, namespace, kind, name } = shown
      byId.set(id, (place = { id, type, cluster, namespace, kind, name, folded, index: byId.size }))
    }
    return place
  }
  return {
    of(endpoint) {
      let place = byObject.get(endpoint)
      if (!place) byObject.set(endpoint, (place = placeOf(endpoint)))
      return place
    },
  }
}

const namespaceEndpoint = ({ cluster, namespace }: Endpoint): Endpoint => ({
  cluster,
  namespace,
  kind: 'Namespace',
  name: namespace,
})

/** Workloads that exactly one Service stands before; with several nobody can tell which one was called. */
function onlyServices(inventory: readonly InventoryItem[]): ReadonlyMap<string, string> {
  const services = new Map<string, string>()
  for (const { endpoint, services: names } of inventory) {
    const [name] = names
    if (name !== undefined && names.length === 1) services.set(endpointKey(endpoint), name)
  }
  return services
}
