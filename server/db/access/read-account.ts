import type { Account } from '@/core/access/account'
import { databaseError, type Queryable } from '../pool'

/** An account by its id; null where there is none. */
export async function readAccount(database: Queryable, id: number): Promise<Account | null> {
  const { rows } = await database
    .query<Account>('select id, issuer, subject, name, groups from account where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
