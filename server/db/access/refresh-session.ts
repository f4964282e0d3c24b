import { databaseError, type Queryable } from '../pool'

/** Keeps what the provider gave at a refresh (sealed), and when (milliseconds). */
export async function refreshSession(
  database: Queryable,
  id: number,
  secrets: Uint8Array | null,
  now: number,
): Promise<void> {
  await database
    .query('update session set secrets = $2, refreshed_at = to_timestamp($3::float8 / 1000) where id = $1', [
      id,
      secrets,
      now,
    ])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
