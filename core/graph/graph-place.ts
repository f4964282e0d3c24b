import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import type { GraphNode, Level } from './graph'
import type { Group } from './graph-groups'
import type { Teams } from '../team'
import type { InventoryItem, World } from '../world'

/** Where an endpoint is drawn: as itself, as the Service or application that it belongs to, or inside a folded region. */
export type Place = Pick<GraphNode, 'id' | 'type' | 'cluster' | 'namespace' | 'kind' | 'name' | 'team'> & {
  readonly folded: boolean
  /** Its number among the places made so far; for keys in memory, never shown. */
  readonly index: number
}

export type Places = {
  of(endpoint: Endpoint): Place
}

const groupTypes: Readonly<Record<string, 'namespace' | 'team' | 'cluster'>> = {
  Namespace: 'namespace',
  Team: 'team',
  Cluster: 'cluster',
}

/** Places by endpoint for one level. `foldedInto` tells which folded region an endpoint is drawn as; null: none. */
export function createPlaces(
  level: Level,
  { inventory, teams }: Pick<World, 'inventory' | 'teams'>,
  foldedInto: (endpoint: Endpoint) => Group | null,
): Places {
  const standsFor = level === 'service' ? onlyServices(inventory) : level === 'app' ? apps(inventory) : null
  const byObject = new Map<Endpoint, Place>()
  const byId = new Map<string, Place>()

  const placeOf = (endpoint: Endpoint): Place => {
    const group = foldedInto(endpoint)?.endpoint
    if (group) return placed(group, groupTypes[group.kind] ?? 'namespace', true)
    const name = standsFor?.get(endpointKey(endpoint))
    if (name === undefined) return placed(endpoint, endpointType(endpoint), false)
    return level === 'service'
      ? placed({ ...endpoint, kind: 'Service', name }, 'service', false)
      : placed({ ...endpoint, kind: 'App', name }, 'app', false)
  }
  const placed = (shown: Endpoint, type: Place['type'], folded: boolean): Place => {
    const id = endpointKey(shown)
    let place = byId.get(id)
    if (!place) {
      const { cluster, namespace, kind, name } = shown
      const team = type === 'team' ? name : teamOfPlace(shown, teams)
      byId.set(id, (place = { id, type, cluster, namespace, kind, name, team, folded, index: byId.size }))
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

const teamOfPlace = ({ cluster, namespace }: Endpoint, teams: Teams): string | null =>
  namespace === '' ? null : (teams.get(`${cluster}/${namespace}`) ?? null)

/** Workloads that exactly one Service stands before; with several nobody can tell which one was called. */
function onlyServices(inventory: readonly InventoryItem[]): ReadonlyMap<string, string> {
  const services = new Map<string, string>()
  for (const { endpoint, services: names } of inventory) {
    const [name] = names
    if (name !== undefined && names.length === 1) services.set(endpointKey(endpoint), name)
  }
  return services
}

/** Workloads by their application. */
function apps(inventory: readonly InventoryItem[]): ReadonlyMap<string, string> {
  return new Map(inventory.flatMap(({ endpoint, app }) => (app === null ? [] : [[endpointKey(endpoint), app]])))
}
