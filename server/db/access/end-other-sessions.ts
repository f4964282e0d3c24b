import { databaseError, type Queryable } from '../pool'

/** Ends all sessions of an account but one; returns how many. */
export async function endOtherSessions(database: Queryable, account: number, but: number): Promise<number> {
  const { rowCount } = await database
    .query('delete from session where account_id = $1 and id <> $2', [account, but])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount ?? 0
}
