import { databaseError, type Queryable } from '../pool'

/** Somebody who logged in once, with how they are in now. Times are milliseconds. */
export type AccountRow = {
  readonly id: number
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email: string | null
  readonly groups: readonly string[]
  readonly seenAt: number
  /** Sessions that have not ended. */
  readonly sessions: number
  readonly tokens: number
  /** Provider of the newest session; null: none is there, or a local login. */
  readonly provider: string | null
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const maxAccounts = 2_000

const select = `select a.id, a.issuer, a.subject, a.name, a.email, a.groups,
  ${ms('greatest(a.seen_at, s.seen, t.used)')} as "seenAt", coalesce(s.count, 0)::int as sessions, coalesce(t.count, 0)::int as tokens, s.provider
from account a
left join lateral (
  select count(*), max(seen_at) as seen, (array_agg(provider order by seen_at desc))[1] as provider
  from session where account_id = a.id and ends_at > now() and seen_at > to_timestamp($1::float8 / 1000)
) s on true
left join lateral (select count(*), max(used_at) as used from api_token where account_id = a.id and ends_at > now()) t on true
order by 7 desc, a.id limit ${maxAccounts}`

/** Accounts, those seen last first. Sessions that nobody used since `idleSince` have ended. */
export async function readAccounts(database: Queryable, idleSince: number): Promise<AccountRow[]> {
  const { rows } = await database
    .query<AccountRow>(select, [idleSince])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
