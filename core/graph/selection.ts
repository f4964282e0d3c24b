import { countsAt, detoursOf } from '../witness/detours'
import { endpointKey, type Endpoint } from '../endpoint'
import { drawnEdgeId } from './graph-edges'
import { clusterGroup, type Group, namespaceGroup, teamGroup } from './graph-groups'
import { createPlaces } from './graph-place'
import type { World, WorldEdge } from '../world'

/** Edges under a node: `incoming` end in it, `outgoing` begin in it. Under a drawn edge all are `incoming`. */
export type Selection = { readonly incoming: readonly WorldEdge[]; readonly outgoing: readonly WorldEdge[] }

/**
 * The edges of the World that a node or edge of the graph stands for, by its id, whatever level the
 * graph is drawn at. Empty where nothing of that id has traffic. O(edges).
 */
export function selectEdges(world: World, id: string): Selection {
  const parts = new Set(id.split('|'))
  const foldedInto = (endpoint: Endpoint): Group | null => {
    const groups = [clusterGroup(endpoint), teamGroup(endpoint, world.teams), namespaceGroup(endpoint)]
    return groups.find((group) => group !== null && parts.has(endpointKey(group.endpoint))) ?? null
  }
  for (const level of ['workload', 'service', 'app'] as const) {
    const places = createPlaces(level, world, foldedInto)
    const incoming: WorldEdge[] = []
    const outgoing: WorldEdge[] = []
    for (const worldEdge of world.edges) {
      const from = places.of(worldEdge.edge.from)
      const to = places.of(worldEdge.edge.to)
      if (to.id === id || drawnEdgeId(from, to, worldEdge.edge) === id) incoming.push(worldEdge)
      if (from.id === id) outgoing.push(worldEdge)
    }
    if (incoming.length + outgoing.length > 0) return { incoming, outgoing }
  }
  return { incoming: [], outgoing: [] }
}

/** The same of what is counted: at a node, the way of others' calls through a waypoint is left out (core/witness/detours.ts). */
export function selectCounted(world: World, id: string): Selection {
  const { incoming, outgoing } = selectEdges(world, id)
  if (id.includes('|')) return { incoming, outgoing }
  const detours = detoursOf(world)
  return {
    incoming: incoming.filter(({ edge }) => countsAt(detours, edge, 'to')),
    outgoing: outgoing.filter(({ edge }) => countsAt(detours, edge, 'from')),
  }
}
