import type { Tier } from '@/core/time'
import type { Connection } from '../pool'

const mark = `insert into rollup_due (tier, bucket)
select $1, to_timestamp(b / 1000) from unnest($2::float8[]) as b order by b
on conflict (tier, bucket) do update set version = rollup_due.version + 1`

/** Marks buckets of a tier as written since their last roll-up. The last statement of a transaction: other writers of the bucket wait for it. */
export async function markDue(connection: Connection, tier: Tier, buckets: readonly number[]): Promise<void> {
  if (buckets.length > 0) await connection.query(mark, [tier, buckets])
}
