import { databaseError, type Queryable } from './pool'

/** Time of the newest event that any source wrote, in milliseconds; null without any. O(sources). */
export async function readNewestEvent(db: Queryable): Promise<number | null> {
  const { rows } = await db
    .query<{ newest: number | null }>('select max(last_event_at) as newest from source')
    .catch((thrown: unknown) => {
      throw databaseError(thrown)
    })
  return rows[0]?.newest ?? null
}
