import { endpointKey, type Endpoint } from '../endpoint'
import type { Edge, World, WorldEdge } from '../world'

type End = 'from' | 'to'

/** Edges that are the way of other edges' traffic through a waypoint, and which of their ends the waypoint is. */
export type Detours = ReadonlyMap<Edge, End>

const none: Detours = new Map()

/**
 * Edges to and from waypoints that are the way of traffic which a waypoint itself told of between the
 * real ends: each call is there twice. An edge whose real pair nobody told is none. O(inventory + edges).
 */
export function detoursOf({ edges, inventory }: Pick<World, 'edges' | 'inventory'>): Detours {
  const waypoints = new Set<string>()
  for (const { endpoint, role } of inventory) if (role === 'waypoint') waypoints.add(endpointKey(endpoint))
  return waypoints.size === 0 ? none : detoursThrough(edges, waypoints)
}

function detoursThrough(edges: readonly WorldEdge[], waypoints: ReadonlySet<string>): Detours {
  const callers = new Set<string>()
  const callees = new Set<string>()
  for (const { edge, rows } of edges) {
    if (!rows.some(({ facet }) => facet.reporter === 'waypoint')) continue
    callers.add(endpointKey(edge.from))
    callees.add(endpointKey(edge.to))
  }
  if (callers.size === 0) return none
  const isWaypoint = (endpoint: Endpoint) => waypoints.has(endpointKey(endpoint))
  const found = new Map<Edge, End>()
  for (const { edge } of edges) {
    if (isWaypoint(edge.to) && callers.has(endpointKey(edge.from))) found.set(edge, 'to')
    else if (isWaypoint(edge.from) && callees.has(endpointKey(edge.to))) found.set(edge, 'from')
  }
  return found
}

/** Does an edge count among what comes in (`to`) or goes out (`from`) there? A detour does at the waypoint only. */
export function countsAt(detours: Detours, edge: Edge, end: End): boolean {
  const waypoint = detours.get(edge)
  return waypoint === undefined || waypoint === end
}

/** Edges without the ways through a waypoint whose real pair is among them, so that each call is counted once. O(inventory + edges). */
export function countedOnce(
  edges: readonly WorldEdge[],
  { inventory }: Pick<World, 'inventory'>,
): readonly WorldEdge[] {
  const detours = detoursOf({ edges, inventory })
  return detours.size === 0 ? edges : edges.filter(({ edge }) => !detours.has(edge))
}
