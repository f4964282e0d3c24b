import { databaseError, type Queryable } from '../pool'

/** Deletes an exception; false where there was none of that id. */
export async function deleteEncryptionException(database: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from encryption_exception where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
