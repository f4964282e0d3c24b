import { databaseError, type Queryable } from '../pool'

/** Deletes a view; false where there was none of that id. */
export async function deleteSavedView(database: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from saved_view where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
