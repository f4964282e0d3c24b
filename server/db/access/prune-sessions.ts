import { databaseError, type Queryable } from '../pool'

/** A session that is over. Milliseconds. */
export type PrunedSession = {
  readonly id: number
  readonly account: number
  readonly name: string
  readonly seenAt: number
}

const remove = `delete from session s using account a where a.id = s.account_id and s.ends_at <= to_timestamp($1::float8 / 1000)
returning s.id, a.id as account, a.name, s.seen_at as "seenAt"`

/** Forgets sessions whose longest time was over by a moment in milliseconds; returns them. */
export async function pruneSessions(database: Queryable, now: number): Promise<readonly PrunedSession[]> {
  const { rows } = await database
    .query<PrunedSession>(remove, [now])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
