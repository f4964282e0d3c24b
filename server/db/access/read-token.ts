import type { Account } from '@/core/access/account'
import type { RightsLimit } from '@/core/access/rights'
import { databaseError, type Queryable } from '../pool'

/** A token that may be used now, and whose it is. */
export type UsableToken = RightsLimit & {
  readonly id: number
  readonly tokenHash: Uint8Array
  readonly account: Account
  /** Milliseconds. */
  readonly usedAt: number | null
  /** When its owner's provider told last who they are (milliseconds). */
  readonly ownerSeenAt: number
}

type Row = Omit<UsableToken, 'account'> &
  Omit<Account, 'id' | 'name'> & { readonly owner: number; readonly name: string }

const select = `select t.id, t.token_hash as "tokenHash", t.role, t.teams, (extract(epoch from t.used_at) * 1000)::float8 as "usedAt",
  (extract(epoch from a.seen_at) * 1000)::float8 as "ownerSeenAt",
  a.id as owner, a.issuer, a.subject, a.name, a.groups
from api_token t join account a on a.id = t.account_id where t.id = $1 and t.ends_at > now()`

/** A token by its id; null where there is none, or its time is over. */
export async function readToken(database: Queryable, id: number): Promise<UsableToken | null> {
  const { rows } = await database
    .query<Row>(select, [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const [row] = rows
  if (!row) return null
  const { tokenHash, role, teams, usedAt, ownerSeenAt, owner, issuer, subject, name, groups } = row
  return { id, tokenHash, role, teams, usedAt, ownerSeenAt, account: { id: owner, issuer, subject, name, groups } }
}
