import { type Endpoint, endpointKey } from '../endpoint'
import type { World } from '../world'

/** Every endpoint that exists or had traffic in the window, once, in no order. O(edges + inventory). */
export function endpointsOf(world: World): readonly Endpoint[] {
  const ends = new Set<Endpoint>()
  for (const { edge } of world.edges) ends.add(edge.from).add(edge.to)
  for (const { endpoint } of world.inventory) ends.add(endpoint)
  const byKey = new Map<string, Endpoint>()
  for (const endpoint of ends) byKey.set(endpointKey(endpoint), endpoint)
  return [...byKey.values()]
}
