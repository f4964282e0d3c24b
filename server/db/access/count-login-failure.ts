import { databaseError, type Queryable } from '../pool'

const upsert = `insert into login_throttle (key, failures, since) values ($1, 1, to_timestamp($2::float8 / 1000))
on conflict (key) do update set
  failures = case when login_throttle.since < to_timestamp($3::float8 / 1000) then 1 else login_throttle.failures + 1 end,
  since = case when login_throttle.since < to_timestamp($3::float8 / 1000) then excluded.since else login_throttle.since end`

/** Counts a failed login of a name or an address; what was before `from` is forgotten. Milliseconds. */
export async function countLoginFailure(database: Queryable, key: string, now: number, from: number): Promise<void> {
  await database.query(upsert, [key, now, from]).catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
