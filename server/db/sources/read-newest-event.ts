import { databaseError, type Queryable } from '../pool'

/** Kubernetes objects are not traffic: news of them moves no window. */
const select = `select max(greatest(last_event_at, told_until)) as newest from source where type <> 'kubernetes'`

/** Up to when any source of telemetry told, in milliseconds: its newest event, or later where it is known that none came; null without any. O(sources). */
export async function readNewestEvent(db: Queryable): Promise<number | null> {
  const { rows } = await db
    .query<{ newest: number | null }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.newest ?? null
}
