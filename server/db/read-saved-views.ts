import type { SavedView } from '@/core/saved-view'
import { databaseError, type Queryable } from './pool'

const select = `select id, name, path, pinned, created_at as "createdAt" from saved_view order by lower(name), id`

/** All saved views in the order of their names. */
export async function readSavedViews(database: Queryable): Promise<SavedView[]> {
  const { rows } = await database
    .query<SavedView>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
