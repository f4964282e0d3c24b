import type { Queryable } from '../pool'

const remove = `delete from source where coalesce(lease_until, last_read_at, state_since) < to_timestamp($1::float8 / 1000)`

/** Forgets sources that no collector has held since `before` (milliseconds). Their telemetry stays. */
export async function pruneSources(database: Queryable, before: number): Promise<number> {
  const { rowCount } = await database.query(remove, [before])
  return rowCount ?? 0
}
