import { databaseError, type Queryable } from '../pool'

/** Deletes all links of an account with what they keep; how many there were. */
export async function deleteLinksOf(database: Queryable, account: number): Promise<number> {
  const { rowCount } = await database
    .query('delete from link where account_id = $1', [account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount ?? 0
}
