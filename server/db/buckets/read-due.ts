import type { Tier } from '@/core/time'
import type { Queryable } from '../pool'

/** A bucket that was written since it was last rolled up; `version` tells whether it was written again. */
export type Due = { readonly bucket: number; readonly version: string }

const select = `select bucket, version::text from rollup_due where tier = $1 and bucket < to_timestamp($2::float8 / 1000) order by bucket`

/** Buckets of a tier that start before a time and await their roll-up, oldest first. */
export async function readDue(database: Queryable, tier: Tier, before: number): Promise<Due[]> {
  const { rows } = await database.query<Due>(select, [tier, before])
  return rows
}
