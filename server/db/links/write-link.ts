import { databaseError, inTransaction, type Pool } from '../pool'

export type NewLink = {
  readonly tokenHash: Uint8Array
  readonly title: string
  readonly path: string
  /** The time that the kept answers are of; null for a live link. */
  readonly window: { readonly from: number; readonly to: number } | null
  readonly createdBy: string
  readonly account: number
  /** Milliseconds; null keeps it until it is deleted. */
  readonly expiresAt: number | null
  readonly answers: readonly FrozenRow[]
}

/** A kept answer. `question` is a hash; the times are milliseconds, 0 for none. */
export type FrozenRow = {
  readonly question: Uint8Array
  readonly from: number
  readonly to: number
  /** gzip. */
  readonly body: Uint8Array
}

const insertLink = `insert into link (token_hash, title, path, frozen, from_time, to_time, created_by, expires_at, bytes, account_id)
values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), $7, to_timestamp($8::float8 / 1000), $9, $10)
returning id`

const insertAnswers = `insert into frozen_answer (link_id, question, from_ms, to_ms, body)
select $1, * from unnest($2::bytea[], $3::bigint[], $4::bigint[], $5::bytea[]) on conflict do nothing`

/** Writes a link and the answers that it keeps, all or nothing. Returns its id. */
export async function writeLink(pool: Pool, link: NewLink): Promise<number> {
  const { answers, window } = link
  const bytes = answers.reduce((sum, { body }) => sum + body.length, 0)
  return inTransaction(pool, async (connection) => {
    const { rows } = await connection.query<{ id: number }>(insertLink, [
      link.tokenHash,
      link.title,
      link.path,
      window !== null,
      window?.from ?? null,
      window?.to ?? null,
      link.createdBy,
      link.expiresAt,
      bytes,
      link.account,
    ])
    const id = rows[0]?.id
    if (id === undefined) throw databaseError(new Error('the link was not written'))
    await connection.query(insertAnswers, [
      id,
      answers.map(({ question }) => question),
      answers.map(({ from }) => from),
      answers.map(({ to }) => to),
      answers.map(({ body }) => body),
    ])
    return id
  })
}
