import { databaseError, type Queryable } from '../pool'

/** Notes that a session is in use (milliseconds). */
export async function touchSession(database: Queryable, id: number, now: number): Promise<void> {
  await database
    .query('update session set seen_at = greatest(seen_at, to_timestamp($2::float8 / 1000)) where id = $1', [id, now])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
