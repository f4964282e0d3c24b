import { coverOf, secondsOf } from '@/core/series/covered'
import { compileEdgeFilter } from '@/core/filter/filter-match'
import { parseFilter } from '@/core/filter/filter-parse'
import { factsOf } from '@/core/filter/facts-of-world'
import { fuse } from '@/core/witness/fuse'
import { edgeHealth } from '@/core/health/health'
import { measuresOf } from '@/core/health/measure'
import { figuresOf } from '@/core/figures/tally'
import type { World, WorldEdge } from '@/core/world'

/** Edges of a cluster that match a filter. A World without baseline judges `health:` by limits alone. O(edges). */
export function matchingEdges(
  world: World,
  { cluster, q }: { readonly cluster: string; readonly q: string },
): readonly WorldEdge[] {
  const { filter } = parseFilter(q)
  if (filter.type === 'all' && !cluster) return world.edges
  const matches = compileEdgeFilter(filter, factsOf(world))
  const measures = measuresOf(world)
  return world.edges.filter((worldEdge) => {
    const { edge, rows } = worldEdge
    return (
      (!cluster || edge.from.cluster === cluster || edge.to.cluster === cluster) &&
      matches(
        edge,
        rows.map((row) => row.facet),
        () => {
          const { tally, l7 } = fuse(rows, coverOf(world, edge))
          const seconds = secondsOf(world, edge.to.cluster, edge.from.cluster)
          return { ...figuresOf(tally, seconds), health: edgeHealth(tally, measures.ofEdge(worldEdge, l7)).health }
        },
      )
    )
  })
}
