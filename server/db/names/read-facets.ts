import type { Facet } from '@/core/world'
import { immutableCache } from './immutable-cache'
import type { Pool } from '../pool'

const select = 'select id, source, reporter, verdict, reason, l7, encryption, hop from facet where id = any($1)'

/** Facets by their ids, from memory where they were read before; the same object each time. */
export const readFacets: (pool: Pool, ids: Iterable<number>) => Promise<Map<number, Facet>> = immutableCache(
  20_000,
  async (pool, ids) => {
    const { rows } = await pool.query<Facet & { id: number }>(select, [ids])
    return new Map(rows.map(({ id, ...facet }) => [id, facet]))
  },
)
