import { databaseError, type Queryable } from '../pool'

/** Notes that a token was used now. */
export async function touchToken(database: Queryable, id: number): Promise<void> {
  await database
    .query('update api_token set used_at = now() where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
