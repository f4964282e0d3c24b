import { databaseError, type Queryable } from './pool'

/** Deletes a link with what it keeps; false where there was none of that id. */
export async function deleteLink(database: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from link where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
