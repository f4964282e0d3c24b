import type { Role } from '@/core/access/rights'
import { databaseError, type Queryable } from '../pool'

/** A token for programs, without what it is. Times are milliseconds. */
export type TokenRow = {
  readonly id: number
  readonly name: string
  readonly account: number
  readonly owner: string
  readonly role: Role
  /** null: all teams that its owner has. */
  readonly teams: readonly string[] | null
  readonly createdAt: number
  readonly endsAt: number
  readonly usedAt: number | null
  readonly issuer: string
  /** When its owner's provider told last who they are. */
  readonly ownerSeenAt: number
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const maxTokens = 2_000

const select = `select t.id, t.name, t.account_id as account, a.name as owner, t.role, t.teams,
  ${ms('t.created_at')} as "createdAt", ${ms('t.ends_at')} as "endsAt", ${ms('t.used_at')} as "usedAt",
  a.issuer, ${ms('a.seen_at')} as "ownerSeenAt"
from api_token t join account a on a.id = t.account_id
where t.ends_at > now() and ($1::int is null or t.account_id = $1)
order by t.created_at desc, t.id desc limit ${maxTokens}`

/** Tokens of one account, or with null of all, the newest first. */
export async function readTokens(database: Queryable, account: number | null): Promise<TokenRow[]> {
  const { rows } = await database
    .query<TokenRow>(select, [account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
