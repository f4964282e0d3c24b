import type { OperationRow } from '@/core/operation'
import { storedIds, type World, type WorldEdge } from '@/core/world'
import { readAllFacets } from '@/server/db/read-all-facets'
import { readOperationRows } from '@/server/db/read-operation-rows'
import { readOperations } from '@/server/db/read-operations'
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
  return sums.flatMap(({ facetId, operationId, ...counters }) => {
    const facet = facets.get(facetId)
    const operation = operations.get(operationId)
    return facet && operation ? [{ ...counters, facet, operation }] : []
  })
}
