import type { Queryable } from '../pool'

const remove = 'delete from gap where to_time < to_timestamp($1::float8 / 1000)'

/** Forgets gaps that ended before a time (milliseconds); returns how many. */
export async function pruneGaps(database: Queryable, before: number): Promise<number> {
  const { rowCount } = await database.query(remove, [before])
  return rowCount ?? 0
}
