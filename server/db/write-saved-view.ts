import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from './pool'

/** More are no help to anybody; the list stands in the sidebar. */
const maxViews = 200

const insert = `insert into saved_view (name, path) select $1, $2 where (select count(*) from saved_view) < ${maxViews} returning id`

/** Keeps a place under a name and returns its id. Throws AppError('conflict') where the name is taken or there are too many. */
export async function writeSavedView(database: Queryable, name: string, path: string): Promise<number> {
  const { rows } = await database
    .query<{ id: number }>(insert, [name, path])
    .catch((thrown: unknown) => Promise.reject(nameTaken(thrown, name) ?? databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `There are ${maxViews} saved views. Delete some first.`)
  return id
}

const uniqueViolation = '23505'

/** The failure as a person can mend it, where another view has the name; null for any other. */
export function nameTaken(thrown: unknown, name: string): AppError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== uniqueViolation) return null
  return new AppError('conflict', `There is already a view called “${name}”. Choose another name.`)
}
