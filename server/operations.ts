import { asksOperations } from '@/core/filter/filter-facts'
import { parseFilter } from '@/core/filter/filter-parse'
import type { OperationRow } from '@/core/operations/operation'
import { isCrossing, isOutside } from '@/core/redact'
import { type Facet, storedIds, type World, type WorldEdge } from '@/core/world'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { readOperationNames } from '@/server/db/buckets/read-operation-names'
import { readOperationRows } from '@/server/db/buckets/read-operation-rows'
import { readOperations } from '@/server/db/names/read-operations'
import { database } from './database'

/**
 * What was asked on these edges in the World's window, of live data or of a recording. The edges are of a
 * World, so they are within the scope that it was loaded for.
 */
export async function loadOperations(
  { window }: Pick<World, 'window'>,
  recording: number | null,
  edges: readonly WorldEdge[],
): Promise<readonly OperationRow[]> {
  const db = database()
  const [facets, sums] = await Promise.all([
    readAllFacets(db),
    readOperationRows(db, { window, recordingId: recording, edgeIds: edges.flatMap(storedIds) }),
  ])
  const operations = await readOperations(
    db,
    sums.map(({ operationId }) => operationId),
  )
  const hidesNames = namelessEdges(edges)
  return sums.flatMap(({ facetId, operationId, ...counters }) => {
    const facet = facets.get(facetId)
    const operation = operations.get(operationId)
    if (!facet || !operation) return []
    const isTold = !hidesNames.get(counters.edgeId)?.(facet)
    return [{ ...counters, facet, operation: isTold ? operation : { ...operation, name: '' } }]
  })
}

/** Of whose operations a World may not tell the names. What others ask of a service inside is its own; names that they look up are theirs. */
function namelessEdges(edges: readonly WorldEdge[]): ReadonlyMap<number, (facet: Facet) => boolean> {
  const found = new Map<number, (facet: Facet) => boolean>()
  for (const worldEdge of edges) {
    if (!isCrossing(worldEdge.edge)) continue
    const isForeign = isOutside(worldEdge.edge.to)
    for (const id of storedIds(worldEdge)) found.set(id, ({ l7 }) => isForeign || (l7 !== 'http' && l7 !== 'grpc'))
  }
  return found
}

/** The World with what is asked on its edges, where the filter asks for that. What a viewer may not read is not named. */
export async function withOperations(
  world: World,
  { recording, q }: { readonly recording: number | null; readonly q: string },
): Promise<World> {
  return asksOperations(parseFilter(q).filter) ? withOperationNames(world, recording) : world
}

export async function withOperationNames(world: World, recording: number | null): Promise<World> {
  const names = await readOperationNames(database(), { window: world.window, recordingId: recording })
  const operations = new Map<number, readonly string[]>()
  for (const worldEdge of world.edges) {
    const own = storedIds(worldEdge).flatMap((id) => [...(names.get(id) ?? [])])
    if (own.length > 0 && !isCrossing(worldEdge.edge)) operations.set(worldEdge.edge.id, own)
  }
  return { ...world, operations }
}
