import { databaseError, type Queryable } from '../pool'

/** Notes that an account of a provider has the right to everything; true: it is the first to. */
export async function noteAdmin(database: Queryable, account: number): Promise<boolean> {
  const { rows } = await database
    .query<{ first: boolean }>(
      `update account set admin_since = now() where id = $1 and admin_since is null
       returning not exists (select from account where admin_since is not null) as first`,
      [account],
    )
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.first ?? false
}
