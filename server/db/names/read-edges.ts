import type { Edge } from '@/core/world'
import type { Protocol } from '@/core/verdict'
import { immutableCache } from './immutable-cache'
import type { Pool } from '../pool'
import { readEndpoints } from './read-endpoints'

const select = 'select id, from_id, to_id, port, protocol from edge where id = any($1)'

type Row = {
  readonly id: number
  readonly from_id: number
  readonly to_id: number
  readonly port: number
  readonly protocol: Protocol
}

/**
 * Edges by their ids, from memory where they were read before. Equal endpoints are one object. An id that is no
 * edge's is absent.
 */
export const readEdges: (pool: Pool, ids: Iterable<number>) => Promise<Map<number, Edge>> = immutableCache(
  200_000,
  async (pool, ids) => {
    const { rows } = await pool.query<Row>(select, [ids])
    const endpoints = await readEndpoints(
      pool,
      rows.flatMap((row) => [row.from_id, row.to_id]),
    )
    const edges = new Map<number, Edge>()
    for (const { id, from_id, to_id, port, protocol } of rows) {
      const from = endpoints.get(from_id)
      const to = endpoints.get(to_id)
      if (from && to) edges.set(id, { id, from, to, port, protocol })
    }
    return edges
  },
)
