import type { GapCause } from '@/core/observation'
import { databaseError, type Queryable } from '../pool'

/** `records`: of the gaps that tell, null where none does; of `uncounted` gaps nobody knows how much is missing. */
export type Lost = {
  readonly source: string
  readonly cause: GapCause
  readonly records: number | null
  readonly gaps: number
  readonly uncounted: number
}

const select = `select source_id as source, cause, sum(lost)::bigint as records, count(*) as gaps, count(*) filter (where lost is null) as uncounted
from gap where to_time is null or to_time >= to_timestamp($1::float8 / 1000) group by 1, 2 order by 1, 2`

/** Lost records by source and cause in gaps that ended after `since` (milliseconds) or go on. */
export async function readLost(database: Queryable, since: number): Promise<Lost[]> {
  const { rows } = await database
    .query<Lost>(select, [since])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
