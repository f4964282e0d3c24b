import { databaseError, type Queryable } from '../pool'

/** A session that has not ended, for people to read. Times are milliseconds. */
export type OpenSession = {
  readonly id: number
  readonly account: number
  readonly name: string
  /** null: a local login. */
  readonly provider: string | null
  readonly address: string
  readonly agent: string
  readonly startedAt: number
  readonly seenAt: number
  readonly endsAt: number
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const maxSessions = 2_000

const select = `select s.id, s.account_id as account, a.name, s.provider, s.address, s.agent,
  ${ms('s.started_at')} as "startedAt", ${ms('s.seen_at')} as "seenAt", ${ms('s.ends_at')} as "endsAt"
from session s join account a on a.id = s.account_id
where s.ends_at > now() and s.seen_at > to_timestamp($1::float8 / 1000) and ($2::int is null or s.account_id = $2)
order by s.seen_at desc, s.id limit ${maxSessions}`

/** Sessions of one account, or with null of all, those used last first. Who nobody used since `idleSince` has ended. */
export async function readSessions(
  database: Queryable,
  account: number | null,
  idleSince: number,
): Promise<OpenSession[]> {
  const { rows } = await database
    .query<OpenSession>(select, [idleSince, account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
