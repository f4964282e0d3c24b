import type { Queryable } from '../pool'

/** Forgets sessions, logins under way, codes, tokens, notices and failures that ended before a time in milliseconds; returns how many. */
export async function pruneAccess(database: Queryable, now: number): Promise<number> {
  let count = 0
  for (const table of ['session', 'pending_login', 'login_code', 'logout_notice', 'api_token'])
    count +=
      (await database.query(`delete from ${table} where ends_at <= to_timestamp($1::float8 / 1000)`, [now])).rowCount ??
      0
  const throttled = `delete from login_throttle where since < to_timestamp($1::float8 / 1000) - interval '1 day'`
  return count + ((await database.query(throttled, [now])).rowCount ?? 0)
}
