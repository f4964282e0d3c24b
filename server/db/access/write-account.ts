import type { Identity } from '@/core/access/identity'
import { databaseError, type Queryable } from '../pool'

const upsert = `insert into account (issuer, subject, name, email, groups) values ($1, $2, $3, $4, $5)
on conflict (issuer, subject) do update set name = excluded.name, email = excluded.email, groups = excluded.groups, seen_at = now()
returning id`

/** Writes who somebody is, as their provider says now. Returns the account's id, which stays. */
export async function writeAccount(
  database: Queryable,
  { issuer, subject, name, email, groups }: Identity,
): Promise<number> {
  const { rows } = await database
    .query<{ id: number }>(upsert, [issuer, subject, name, email, groups])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw databaseError(new Error('the account was not written'))
  return id
}
