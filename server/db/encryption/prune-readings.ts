import type { Queryable } from '../pool'

const remove = [
  'delete from tunnel_reading where hour < to_timestamp($1::float8 / 1000)',
  'delete from certificate where read_at < to_timestamp($1::float8 / 1000)',
]

/** Forgets readings of tunnels and certificates that were last read before a time, milliseconds. */
export async function pruneReadings(database: Queryable, before: number): Promise<void> {
  for (const each of remove) await database.query(each, [before])
}
