import type { GapCause } from '@/core/observation'
import type { Window } from '@/core/time'
import type { SourceGap } from '@/core/world'
import { databaseError, type Queryable } from '../pool'

const select = `select source_id as source, cluster, part, cause, from_time as "from", to_time as "to", lost from gap
where from_time < to_timestamp($2::float8 / 1000) and (to_time is null or to_time > to_timestamp($1::float8 / 1000))
order by from_time desc limit $3`

const most = 2_000

/** Gaps that touch a window, newest first, at most 2,000. `to` null: still going on. */
export async function readGaps(database: Queryable, window: Window): Promise<SourceGap[]> {
  const { rows } = await database
    .query<SourceGap & { cause: GapCause }>(select, [window.from, window.to, most])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
