import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import type { Labels } from '../inventory/inventory-object'
import type { World } from '../world'
import type { EncryptionGround, NodeKeys, PlacedPods } from './ground'
import { type Intents, intentsOf } from './intent'

/** Pods of an end that were alike; `host` also where the end is a machine itself. */
export type Seat = PlacedPods & { readonly cluster: string }

/** Who was where in a window, asked by endpoint. */
export type Seats = {
  readonly ground: EncryptionGround | null
  /** null: nothing tells; `outside`: it is in no cluster. A Service is the pods of all workloads behind it. */
  of(endpoint: Endpoint): readonly Seat[] | 'outside' | null
  keysOf(cluster: string, node: string): NodeKeys | null
  /** Does every node of the cluster tell that it has no key? */
  hasNoTunnel(cluster: string): boolean
  readonly intents: Intents
  /** Names of the Services (same namespace) in front of a workload; of a Service, its own. */
  servicesOf(endpoint: Endpoint): readonly string[]
  labelsOf(endpoint: Endpoint): Labels | null
}

/** Seats of a World. O(inventory + nodes); each answer is kept. */
export function seatsOf({ ground, inventory }: Pick<World, 'ground' | 'inventory'>): Seats {
  const known = new Map<string, readonly Seat[] | 'outside' | null>()
  // Edges share the objects of their ends: most are found without making a key.
  const asked = new Map<Endpoint, readonly Seat[] | 'outside' | null>()
  const behind = new Map<string, string[]>()
  const fronts = new Map<string, readonly string[]>()
  for (const { endpoint, services } of inventory) {
    if (endpointType(endpoint) === 'service') continue
    fronts.set(endpointKey(endpoint), services)
    for (const name of services) {
      const key = endpointKey({ ...endpoint, kind: 'Service', name })
      const workloads = behind.get(key)
      if (workloads) workloads.push(endpointKey(endpoint))
      else behind.set(key, [endpointKey(endpoint)])
    }
  }
  const keyed = new Map<string, boolean>()
  for (const { cluster, wireguard, ipsec } of ground?.nodes.values() ?? [])
    keyed.set(cluster, (keyed.get(cluster) ?? false) || ipsec || wireguard.length > 0)
  const placed = (key: string): readonly Seat[] | null => {
    const workload = ground?.workloads.get(key)
    return workload ? workload.pods.map((pods) => ({ ...pods, cluster: workload.endpoint.cluster })) : null
  }
  const find = (endpoint: Endpoint): readonly Seat[] | 'outside' | null => {
    const type = endpointType(endpoint)
    if (type === 'external') return 'outside'
    if (type === 'node') return [{ ...machine, cluster: endpoint.cluster, node: endpoint.name }]
    if (type !== 'service') return placed(endpointKey(endpoint))
    const each = (behind.get(endpointKey(endpoint)) ?? []).map(placed)
    return each.length === 0 || each.includes(null) ? null : each.flatMap((seats) => seats ?? [])
  }
  return {
    ground: ground ?? null,
    of(endpoint) {
      let seats = asked.get(endpoint)
      if (seats !== undefined) return seats
      const key = endpointKey(endpoint)
      seats = known.get(key)
      if (seats === undefined) known.set(key, (seats = find(endpoint)))
      asked.set(endpoint, seats)
      return seats
    },
    keysOf: (cluster, node) => ground?.nodes.get(`${cluster}/${node}`) ?? null,
    hasNoTunnel: (cluster) => keyed.get(cluster) === false,
    intents: intentsOf(ground ?? null),
    servicesOf: (endpoint) =>
      endpointType(endpoint) === 'service' ? [endpoint.name] : (fronts.get(endpointKey(endpoint)) ?? []),
    labelsOf: (endpoint) => ground?.workloads.get(endpointKey(endpoint))?.labels ?? null,
  }
}

const machine = { proxy: 'none', hostNetwork: true, skipsIn: [], skipsOut: [], podSeconds: 1 } as const
