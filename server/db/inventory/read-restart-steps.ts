import type { Endpoint } from '@/core/endpoint'
import type { RestartStep } from '@/core/marks/restart'
import type { Scope } from '@/core/scope'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

const select = `select cluster, namespace, workload_kind as kind, workload as name, reason, min(at) as at, count(*)::int as restarts
from container_restart
where at >= to_timestamp($1::float8 / 1000) and at < to_timestamp($2::float8 / 1000)
  and ($3::text[] is null or cluster || '/' || namespace = any($3))
group by 1, 2, 3, 4, 5, floor(extract(epoch from at) * 1000 / $4::float8)
order by at desc limit $5`

type Row = Endpoint & Omit<RestartStep, 'workload'>

/** Restarts of a window by workload, reason and step, newest first, at most `limit`: a crash loop of days stays few rows. */
export async function readRestartSteps(
  database: Queryable,
  window: Window,
  scope: Scope,
  stepMs: number,
  limit = 5_000,
): Promise<RestartStep[]> {
  const { rows } = await database
    .query<Row>(select, [window.from, window.to, scope.all ? null : [...scope.pairs], stepMs, limit])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ cluster, namespace, kind, name, ...step }) => ({
    ...step,
    workload: { cluster, namespace, kind, name },
  }))
}
