import type { SavedView } from '@/core/links/saved-view'
import { databaseError, type Queryable } from '../pool'

/** Who looks. `teams` null: of every team. */
export type ViewReader = { readonly account: number; readonly teams: readonly string[] | null; readonly admin: boolean }

const isMine = '(account_id = $1 or (account_id is null and $3))'

const select = `select id, name, path, pinned, created_at as "createdAt", made_by as by, coalesce(${isMine}, false) as mine, shared_with as "sharedWith"
from saved_view
where ${isMine} or shared_with = '*' or (shared_with <> '' and ($2::text[] is null or shared_with = any($2)))
order by lower(name), id`

/** Views of an account, those that are shared with it, and to administrators those that are older than accounts; in the order of their names. */
export async function readSavedViews(
  database: Queryable,
  { account, teams, admin }: ViewReader,
): Promise<readonly SavedView[]> {
  const { rows } = await database
    .query<SavedView>(select, [account, teams, admin])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
