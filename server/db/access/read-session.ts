import { databaseError, type Queryable } from '../pool'

/** A session that has not ended, with whom it is of. Times are milliseconds. */
export type SessionRow = {
  readonly id: number
  readonly account: number
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email: string | null
  readonly groups: readonly string[]
  readonly provider: string | null
  readonly providerSession: string | null
  readonly secrets: Uint8Array | null
  readonly seenAt: number
  readonly rotatedAt: number
  readonly refreshedAt: number
  /** Whether the token that was shown is the one of now, not the one before it. */
  readonly isLatest: boolean
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const select = `select s.id, a.id as account, a.issuer, a.subject, a.name, a.email, a.groups, s.provider,
  s.provider_session as "providerSession", s.secrets, ${ms('s.seen_at')} as "seenAt", ${ms('s.rotated_at')} as "rotatedAt",
  ${ms('s.refreshed_at')} as "refreshedAt", s.token_hash = $1 as "isLatest"
from session s join account a on a.id = s.account_id
where (s.token_hash = $1 or (s.earlier_hash = $1 and s.earlier_until > to_timestamp($2::float8 / 1000)))
  and s.ends_at > to_timestamp($2::float8 / 1000) and s.seen_at > to_timestamp($3::float8 / 1000)`

/** The session of a token; null where there is none, it has ended, or nobody used it since `idleSince`. */
export async function readSession(
  database: Queryable,
  tokenHash: Uint8Array,
  now: number,
  idleSince: number,
): Promise<SessionRow | null> {
  const { rows } = await database
    .query<SessionRow>(select, [tokenHash, now, idleSince])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
