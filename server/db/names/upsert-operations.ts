import type { Operation } from '@/core/operations/operation'
import { clean } from '../clean'
import type { Queryable } from '../pool'

const list = 'unnest($1::text[], $2::text[], $3::text[])'
const names = 'name, code, flags'

const insert = `insert into operation (${names}) select * from ${list} on conflict do nothing`
const select = `select o.id from ${list} with ordinality as k (${names}, n) join operation o using (${names}) order by k.n`

/** Ids of operations, in their order; new ones are made. */
export async function upsertOperations(database: Queryable, operations: readonly Operation[]): Promise<number[]> {
  const columns = [
    operations.map((o) => clean(o.name)),
    operations.map((o) => clean(o.code)),
    operations.map((o) => clean(o.flags)),
  ]
  await database.query(insert, columns)
  const { rows } = await database.query<{ id: number }>(select, columns)
  return rows.map((row) => row.id)
}
