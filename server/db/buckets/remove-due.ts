import type { Tier } from '@/core/time'
import type { Queryable } from '../pool'
import type { Due } from './read-due'

const remove = `delete from rollup_due d using unnest($2::float8[], $3::bigint[]) as done (bucket, version)
where d.tier = $1 and d.bucket = to_timestamp(done.bucket / 1000) and d.version = done.version`

/** Takes the marks of buckets away, except of those that were written again since. */
export async function removeDue(database: Queryable, tier: Tier, due: readonly Due[]): Promise<void> {
  await database.query(remove, [tier, due.map((d) => d.bucket), due.map((d) => d.version)])
}
