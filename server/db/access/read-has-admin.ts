import { databaseError, type Queryable } from '../pool'

/** Whether somebody of a provider has ever logged in with the right to everything. */
export async function readHasAdmin(database: Queryable): Promise<boolean> {
  const { rows } = await database
    .query<{ has: boolean }>('select exists (select from account where admin_since is not null) as has')
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.has ?? false
}
