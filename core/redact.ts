import type { Endpoint } from './endpoint'
import { inScope, type Scope } from './scope'
import type { World, WorldEdge } from './world'

/** What stands for every endpoint that the viewer may not see. */
export const outside: Endpoint = { cluster: '', namespace: '', kind: 'Unknown', name: 'outside your scope' }

/**
 * The World as a viewer may see it. Edges without an end inside are gone; of a crossing edge the
 * foreign end loses its name, while direction and totals stay. Outside parties, unknown ones and
 * nodes belong to nobody and keep their names where they talk with someone inside. Gaps and sources
 * are those of clusters inside. O(edges + inventory).
 */
export function redactWorld(world: World, scope: Scope): World {
  if (scope.all) return world
  const clusters = new Set([...scope.pairs].map((pair) => pair.slice(0, pair.lastIndexOf('/'))))
  const visible = (endpoint: Endpoint) =>
    endpoint.namespace === '' ? clusters.has(endpoint.cluster) : inScope(scope, endpoint)
  const own = (endpoint: Endpoint) => endpoint.namespace !== '' && inScope(scope, endpoint)
  const edges: WorldEdge[] = []
  for (const worldEdge of world.edges) {
    const { from, to } = worldEdge.edge
    if (!own(from) && !own(to)) continue
    if (visible(from) && visible(to)) edges.push(worldEdge)
    else {
      const edge = { ...worldEdge.edge, from: visible(from) ? from : outside, to: visible(to) ? to : outside }
      edges.push({ edge, rows: worldEdge.rows })
    }
  }
  return {
    ...world,
    edges,
    inventory: world.inventory.filter(({ endpoint }) => own(endpoint)),
    gaps: world.gaps.filter(({ cluster }) => clusters.has(cluster)),
    sources: world.sources.filter(({ cluster }) => clusters.has(cluster)),
  }
}
