import { bucketTable, bucketTables, partitionName } from './partitions'
import type { Queryable } from './pool'

const summarize = `select brin_summarize_new_values(i.indexrelid) from pg_index i
join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
where a.amname = 'brin' and i.indrelid = any(array(select to_regclass(name) from unnest($1::text[]) name))`

/**
 * Lets the time indexes know what was written to the newest partitions. Until then every reader goes
 * through all of it, and vacuum, which would do it, comes after a fifth of a partition. Costs what is new.
 */
export async function summarizePartitions(database: Queryable, now: number): Promise<void> {
  const names = (['10s', '1m', '5m', '15m'] as const).flatMap((tier) =>
    bucketTables.map((table) => partitionName(bucketTable(tier, table), now)),
  )
  await database.query(summarize, [[...names, partitionName('flow_record', now)]])
}
