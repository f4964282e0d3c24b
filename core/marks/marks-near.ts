import { endpointKey, parseEndpointKey, type Endpoint } from '../endpoint'
import type { Mark, MarkKind } from './mark'
import { selectEdges } from '../graph/selection'
import type { World, WorldEdge } from '../world'

/**
 * The marks that may have to do with a node or edge of the graph: all of its own workloads, of the
 * Services before them and of the policies in their namespaces or of the whole cluster, deploys and restarts of who talks with them
 * directly. O(edges + marks).
 */
export function marksNear(marks: readonly Mark[], world: World, id: string): readonly Mark[] {
  const ends = id.split('|').slice(0, 2).map(parseEndpointKey)
  const { incoming, outgoing } = selectEdges(world, id)
  return among(marks, world, { own: ends.filter((end) => end !== null), near: endsOf([...incoming, ...outgoing]) })
}

/** The marks of everything that these edges connect. */
export const marksOfEdges = (marks: readonly Mark[], world: World, edges: readonly WorldEdge[]): readonly Mark[] =>
  among(marks, world, { own: endsOf(edges), near: [] })

const endsOf = (edges: readonly WorldEdge[]): Endpoint[] => edges.flatMap(({ edge }) => [edge.from, edge.to])

function among(
  marks: readonly Mark[],
  { inventory }: Pick<World, 'inventory'>,
  { own, near }: { readonly own: readonly Endpoint[]; readonly near: readonly Endpoint[] },
): readonly Mark[] {
  const ownKeys = new Set(own.map(endpointKey))
  const nearKeys = new Set(near.map(endpointKey))
  for (const { endpoint, services } of inventory) {
    const key = endpointKey(endpoint)
    const fronts = services.map((name) => endpointKey({ ...endpoint, kind: 'Service', name }))
    if (fronts.some((front) => ownKeys.has(front))) ownKeys.add(key)
    if (fronts.some((front) => nearKeys.has(front))) nearKeys.add(key)
    if (ownKeys.has(key)) for (const front of fronts) ownKeys.add(front)
  }
  const folded = new Set(own.filter(({ kind }) => kind === 'Namespace').map(regionOf))
  const regions = new Set(own.filter(({ namespace }) => namespace !== '').map(regionOf))
  const clusters = new Set(own.map(({ cluster }) => cluster))
  return marks.filter((mark) => {
    if (folded.has(regionOf(mark))) return true
    if (mark.kind === 'policy') return mark.namespace === '' ? clusters.has(mark.cluster) : regions.has(regionOf(mark))
    const key = endpointKey({ ...mark, kind: mark.object })
    return ownKeys.has(key) || (ofNeighbours.has(mark.kind) && nearKeys.has(key))
  })
}

/** What may reach those who talk with it. */
const ofNeighbours: ReadonlySet<MarkKind> = new Set(['deploy', 'restart', 'pod-restart'])

const regionOf = ({ cluster, namespace }: Pick<Endpoint, 'cluster' | 'namespace'>) => `${cluster}/${namespace}`
