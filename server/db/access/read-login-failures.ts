import { databaseError, type Queryable } from '../pool'

const select = `select coalesce(max(failures), 0)::int as failures from login_throttle
where key = any($1) and since >= to_timestamp($2::float8 / 1000)`

/** The most failures that one of these names and addresses has since a time in milliseconds. */
export async function readLoginFailures(database: Queryable, keys: readonly string[], from: number): Promise<number> {
  const { rows } = await database
    .query<{ failures: number }>(select, [keys, from])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.failures ?? 0
}
