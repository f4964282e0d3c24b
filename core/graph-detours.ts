import { endpointKey, type Endpoint } from './endpoint'
import type { WorldEdge } from './world'

/**
 * Edges to and from waypoints that are the way of traffic which a waypoint itself told of between the
 * real ends: drawn too, each call would be on the map twice. An edge whose real pair nobody told stays.
 * O(edges).
 */
export function detours(
  edges: readonly WorldEdge[],
  isWaypoint: (endpoint: Endpoint) => boolean,
): ReadonlySet<WorldEdge['edge']> {
  const callers = new Set<string>()
  const callees = new Set<string>()
  for (const { edge, rows } of edges) {
    if (!rows.some(({ facet }) => facet.reporter === 'waypoint')) continue
    callers.add(endpointKey(edge.from))
    callees.add(endpointKey(edge.to))
  }
  const found = new Set<WorldEdge['edge']>()
  if (callers.size === 0) return found
  for (const { edge } of edges) {
    const there = isWaypoint(edge.to) && callers.has(endpointKey(edge.from))
    const onwards = isWaypoint(edge.from) && callees.has(endpointKey(edge.to))
    if (there || onwards) found.add(edge)
  }
  return found
}
