import type { ContainerRestarts } from '@/core/marks/restart'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

// Counts that nobody saw before the first one are of before the window.
const select = `select pod_uid as uid, container, max(at) as at, max(count) as count,
  coalesce(max(count) filter (where at < to_timestamp($1::float8 / 1000)), min(count) - 1) as before,
  (array_agg(reason order by at desc))[1] as reason, (array_agg(exit_code order by at desc))[1] as "exitCode"
from container_restart where cluster = $3 and pod_uid = any($4) and at < to_timestamp($2::float8 / 1000)
group by 1, 2`

/** Restarts of the containers of these pods (uids) as of the window's end. Grows with what each had within the retention. */
export async function readPodRestarts(
  database: Queryable,
  window: Window,
  cluster: string,
  uids: readonly string[],
): Promise<ContainerRestarts[]> {
  if (uids.length === 0) return []
  const { rows } = await database
    .query<ContainerRestarts>(select, [window.from, window.to, cluster, uids])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
