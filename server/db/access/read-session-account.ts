import type { Account } from '@/core/access/account'
import { databaseError, type Queryable } from '../pool'

const select = `select a.id, a.issuer, a.subject, a.name, a.groups from session s join account a on a.id = s.account_id
where s.id = $1 and s.ends_at > now() and s.seen_at > now() - $2::float8 * interval '1 ms'`

/** Whose session this is; null where it has ended, also by nobody using it for so many milliseconds. */
export async function readSessionAccount(database: Queryable, id: number, idleMs: number): Promise<Account | null> {
  const { rows } = await database
    .query<Account>(select, [id, idleMs])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
