import { databaseError, type Queryable } from '../pool'

/** Revokes a token; with an account, only one of its own. Returns its name; null where there is none. */
export async function deleteToken(database: Queryable, id: number, account: number | null): Promise<string | null> {
  const { rows } = await database
    .query<{ name: string }>(
      'delete from api_token where id = $1 and ($2::int is null or account_id = $2) returning name',
      [id, account],
    )
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.name ?? null
}
