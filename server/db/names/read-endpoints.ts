import type { Endpoint } from '@/core/endpoint'
import { immutableCache } from './immutable-cache'
import type { Pool } from '../pool'

const select = 'select id, cluster, namespace, kind, name from endpoint where id = any($1)'

/** Endpoints by their ids, from memory where they were read before; the same object each time. */
export const readEndpoints: (pool: Pool, ids: Iterable<number>) => Promise<Map<number, Endpoint>> = immutableCache(
  100_000,
  async (pool, ids) => {
    const { rows } = await pool.query<Endpoint & { id: number }>(select, [ids])
    return new Map(rows.map(({ id, ...endpoint }) => [id, endpoint]))
  },
)
