import type { Edge } from '@/core/world'
import { databaseError, type Pool } from './pool'
import { readEdges } from './read-edges'

const select = `select id from edge order by id`

/** All edges that ever were, for filters over the flow table. Grows with edges, not with traffic; names come from memory. */
export async function readAllEdges(pool: Pool): Promise<Map<number, Edge>> {
  const { rows } = await pool
    .query<{ id: number }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return readEdges(
    pool,
    rows.map((row) => row.id),
  )
}
