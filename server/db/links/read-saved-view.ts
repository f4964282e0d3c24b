import { databaseError, type Queryable } from '../pool'

/** What decides who may do what with a view. `account` null: it is older than accounts. */
export type SavedViewHold = { readonly account: number | null; readonly pinned: boolean; readonly sharedWith: string }

/** Whose a view is; null where there is none of that id. */
export async function readSavedView(database: Queryable, id: number): Promise<SavedViewHold | null> {
  const { rows } = await database
    .query<SavedViewHold>(
      `select account_id as account, pinned, shared_with as "sharedWith" from saved_view where id = $1`,
      [id],
    )
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
