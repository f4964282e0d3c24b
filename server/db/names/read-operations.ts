import type { Operation } from '@/core/operations/operation'
import { immutableCache } from './immutable-cache'
import type { Pool } from '../pool'

const select = 'select id, name, code, flags from operation where id = any($1)'

/** Operations by their ids, from memory where they were read before. */
export const readOperations: (pool: Pool, ids: Iterable<number>) => Promise<Map<number, Operation>> = immutableCache(
  50_000,
  async (pool, ids) => {
    const { rows } = await pool.query<Operation & { id: number }>(select, [ids])
    return new Map(rows.map(({ id, ...operation }) => [id, operation]))
  },
)
