import { databaseError, type Queryable } from '../pool'

/** Deletes a draft with what was said about it; false where there was none of that id. */
export async function deletePolicyDraft(database: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from policy_draft where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
