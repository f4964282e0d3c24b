import { databaseError, inTransaction, type Pool } from '../pool'
import { nameTaken } from './write-saved-view'

/** What is left out stays as it is. */
export type SavedViewChange = {
  readonly name?: string
  readonly path?: string
  readonly pinned?: boolean
  readonly sharedWith?: string
}

// Of the same person, or of everybody.
const unpin = `update saved_view o set pinned = false from saved_view v
where v.id = $1 and o.pinned and o.id <> v.id and (v.shared_with = '*') = (o.shared_with = '*')
  and (v.shared_with = '*' or o.account_id is not distinct from v.account_id)`
// One that was pinned for its owner is not pinned for everybody by being shared, and the other way round.
const share = `update saved_view set shared_with = $2, pinned = pinned and (shared_with = '*') = ($2 = '*') where id = $1`
const update = `update saved_view set name = coalesce($2, name), path = coalesce($3, path), shared_with = coalesce($5, shared_with),
  pinned = coalesce($4, pinned) where id = $1`

/** Changes a view; pinning it unpins the one before. false where there is none of that id. Throws AppError('conflict') where the name is taken. */
export async function updateSavedView(
  pool: Pool,
  id: number,
  { name, path, pinned, sharedWith }: SavedViewChange,
): Promise<boolean> {
  return inTransaction(pool, async (connection) => {
    if (sharedWith !== undefined) await connection.query(share, [id, sharedWith])
    if (pinned) await connection.query(unpin, [id])
    const { rowCount } = await connection
      .query(update, [id, name ?? null, path ?? null, pinned ?? null, sharedWith ?? null])
      .catch((thrown: unknown) => Promise.reject(nameTaken(thrown, name ?? '') ?? databaseError(thrown)))
    return rowCount === 1
  })
}
