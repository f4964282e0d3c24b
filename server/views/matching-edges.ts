import { coverOf, secondsOf } from '@/core/covered'
import { compileEdgeFilter } from '@/core/filter-match'
import { parseFilter } from '@/core/filter-parse'
import { fuse } from '@/core/fuse'
import { figuresOf } from '@/core/tally'
import type { World, WorldEdge } from '@/core/world'

/** Edges of a cluster that match a filter. O(edges). */
export function matchingEdges(
  world: World,
  { cluster, q }: { readonly cluster: string; readonly q: string },
): readonly WorldEdge[] {
  const { filter } = parseFilter(q)
  if (filter.type === 'all' && !cluster) return world.edges
  const matches = compileEdgeFilter(filter)
  return world.edges.filter(
    ({ edge, rows }) =>
      (!cluster || edge.from.cluster === cluster || edge.to.cluster === cluster) &&
      matches(
        edge,
        rows.map((row) => row.facet),
        () => figuresOf(fuse(rows, coverOf(world, edge)).tally, secondsOf(world, edge.to.cluster, edge.from.cluster)),
      ),
  )
}
