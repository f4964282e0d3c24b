import { databaseError, type Queryable } from './pool'

/** Kubernetes objects are not traffic: news of them moves no window. */
const select = `select max(last_event_at) as newest from source where type <> 'kubernetes'`

/** Time of the newest event that any source of telemetry wrote, in milliseconds; null without any. O(sources). */
export async function readNewestEvent(db: Queryable): Promise<number | null> {
  const { rows } = await db
    .query<{ newest: number | null }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.newest ?? null
}
