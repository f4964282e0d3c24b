import { databaseError, type Queryable } from '../pool'

/** Deletes a link of an account (null: whosever) with what it keeps; false where there was none of that id. */
export async function deleteLink(database: Queryable, id: number, account: number | null): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from link where id = $1 and ($2::int is null or account_id = $2)', [id, account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
