import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

/** More are no help to anybody; the list stands in the sidebar. */
const maxViews = 200

const insert = `insert into saved_view (name, path, account_id, made_by, shared_with) select $1, $2, $3, $4, $5
where (select count(*) from saved_view where account_id = $3) < ${maxViews} returning id`

export type NewView = {
  readonly name: string
  readonly path: string
  readonly account: number
  readonly by: string
  readonly sharedWith: string
}

/** Keeps a place under a name and returns its id. Throws AppError('conflict') where the name is taken or there are too many. */
export async function writeSavedView(database: Queryable, view: NewView): Promise<number> {
  const { name, path, account, by, sharedWith } = view
  const { rows } = await database
    .query<{ id: number }>(insert, [name, path, account, by, sharedWith])
    .catch((thrown: unknown) => Promise.reject(nameTaken(thrown, name) ?? databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `You have ${maxViews} saved views. Delete some first.`)
  return id
}

const uniqueViolation = '23505'

/** The failure as a person can mend it, where another view of the same person has the name; null for any other. */
export function nameTaken(thrown: unknown, name: string): AppError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== uniqueViolation) return null
  return new AppError('conflict', `You have a view called “${name}” already. Choose another name.`)
}
