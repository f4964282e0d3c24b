import type { Queryable } from '../pool'

const remove = `delete from inventory_object where valid_to < to_timestamp($1::float8 / 1000)`

/** Forgets what had ended before `before` (milliseconds): no telemetry is kept that could need it. */
export async function pruneInventory(database: Queryable, before: number): Promise<number> {
  const { rowCount } = await database.query(remove, [before])
  return rowCount ?? 0
}
