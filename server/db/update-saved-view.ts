import { databaseError, inTransaction, type Pool } from './pool'
import { nameTaken } from './write-saved-view'

/** What is left out stays as it is. */
export type SavedViewChange = { readonly name?: string; readonly path?: string; readonly pinned?: boolean }

const unpin = 'update saved_view set pinned = false where pinned and id <> $1'
const update = `update saved_view set name = coalesce($2, name), path = coalesce($3, path), pinned = coalesce($4, pinned) where id = $1`

/** Changes a view; pinning it unpins the one before. false where there is none of that id. Throws AppError('conflict') where the name is taken. */
export async function updateSavedView(
  pool: Pool,
  id: number,
  { name, path, pinned }: SavedViewChange,
): Promise<boolean> {
  return inTransaction(pool, async (connection) => {
    if (pinned) await connection.query(unpin, [id])
    const { rowCount } = await connection
      .query(update, [id, name ?? null, path ?? null, pinned ?? null])
      .catch((thrown: unknown) => Promise.reject(nameTaken(thrown, name ?? '') ?? databaseError(thrown)))
    return rowCount === 1
  })
}
