import { databaseError, type Queryable } from '../pool'

/** Forgets the failures of names and addresses, after one of them succeeded. */
export async function forgiveLoginFailures(database: Queryable, keys: readonly string[]): Promise<void> {
  await database
    .query('delete from login_throttle where key = any($1)', [keys])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
