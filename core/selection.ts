import { endpointKey } from './endpoint'
import { drawnEdgeId } from './graph-edges'
import { createPlaces } from './graph-place'
import type { World, WorldEdge } from './world'

/** Edges under a node: `incoming` end in it, `outgoing` begin in it. Under a drawn edge all are `incoming`. */
export type Selection = { readonly incoming: readonly WorldEdge[]; readonly outgoing: readonly WorldEdge[] }

/**
 * The edges of the World that a node or edge of the graph stands for, by its id, whatever level the
 * graph is drawn at. Empty where nothing of that id has traffic. O(edges).
 */
export function selectEdges(world: World, id: string): Selection {
  const parts = new Set(id.split('|'))
  const isFolded = (region: string) => parts.has(namespaceId(region))
  for (const level of ['workload', 'service'] as const) {
    const places = createPlaces(level, world.inventory, isFolded)
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

/** Id of the node that a folded `cluster/namespace` is; a cluster's name may hold slashes, a namespace's may not. */
function namespaceId(region: string): string {
  const cut = region.lastIndexOf('/')
  const [cluster, namespace] = [region.slice(0, cut), region.slice(cut + 1)]
  return endpointKey({ cluster, namespace, kind: 'Namespace', name: namespace })
}
