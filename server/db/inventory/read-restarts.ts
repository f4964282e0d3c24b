import type { Endpoint } from '@/core/endpoint'
import type { Restart } from '@/core/marks/restart'
import type { Scope } from '@/core/scope'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

const select = `select cluster, namespace, workload_kind as kind, workload as name, pod, pod_uid as uid, container, at, count, reason, exit_code as "exitCode"
from container_restart
where at >= to_timestamp($1::float8 / 1000) and at < to_timestamp($2::float8 / 1000)
  and ($3::text[] is null or cluster || '/' || namespace = any($3))
order by at desc limit $4`

type Row = Endpoint & Omit<Restart, 'workload'>

/** Restarts of containers in a window, newest first, at most `limit`. */
export async function readRestarts(
  database: Queryable,
  window: Window,
  scope: Scope,
  limit = 20_000,
): Promise<Restart[]> {
  const { rows } = await database
    .query<Row>(select, [window.from, window.to, scope.all ? null : [...scope.pairs], limit])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ cluster, namespace, kind, name, ...restart }) => ({
    ...restart,
    workload: { cluster, namespace, kind, name },
  }))
}
