import type { Queryable } from '../pool'

const remove = 'delete from link where expires_at <= to_timestamp($1::float8 / 1000)'

/** Forgets links that have expired by a time (milliseconds), with what they keep; returns how many. */
export async function pruneLinks(database: Queryable, now: number): Promise<number> {
  const { rowCount } = await database.query(remove, [now])
  return rowCount ?? 0
}
