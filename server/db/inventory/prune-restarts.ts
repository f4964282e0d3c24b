import type { Queryable } from '../pool'

const remove = `delete from container_restart where at < to_timestamp($1::float8 / 1000)`

/** Forgets restarts of containers before a time, milliseconds. */
export async function pruneRestarts(database: Queryable, before: number): Promise<void> {
  await database.query(remove, [before])
}
