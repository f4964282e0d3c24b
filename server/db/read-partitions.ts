import { type PartitionedTable, partitioned, partitionStart } from './partitions'
import type { Queryable } from './pool'

export type Partition = { readonly name: string; readonly from: number; readonly to: number }

const select = `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = to_regclass($1) order by c.relname`

/** Partitions of a table with the time that they hold, oldest first. */
export async function readPartitions(database: Queryable, table: PartitionedTable): Promise<Partition[]> {
  const { rows } = await database.query<{ name: string }>(select, [table])
  return rows.flatMap(({ name }) => {
    const from = partitionStart(name)
    return from === null ? [] : [{ name, from, to: from + partitioned[table].spanMs }]
  })
}
