import { databaseError, type Queryable } from '../pool'

export type NewSession = {
  readonly tokenHash: Uint8Array
  readonly account: number
  /** Id of the provider; null: a local login. */
  readonly provider: string | null
  readonly providerSession: string | null
  /** Milliseconds. */
  readonly endsAt: number
  readonly address: string
  readonly agent: string
}

const insert = `insert into session (token_hash, account_id, provider, provider_session, ends_at, address, agent)
values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6, $7) returning id`

/** Begins a session; returns its id. */
export async function writeSession(database: Queryable, session: NewSession): Promise<number> {
  const { tokenHash, account, provider, providerSession, endsAt, address, agent } = session
  const { rows } = await database
    .query<{ id: number }>(insert, [tokenHash, account, provider, providerSession, endsAt, address, agent])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw databaseError(new Error('the session was not written'))
  return id
}
