import type { RightsLimit } from '@/core/access/rights'
import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

export type NewToken = RightsLimit & {
  readonly tokenHash: Uint8Array
  readonly name: string
  readonly account: number
  /** Milliseconds. */
  readonly endsAt: number
}

/** More at a time are no help to anybody, and each is a way in. */
const maxTokens = 50

const insert = `insert into api_token (token_hash, name, account_id, role, teams, ends_at)
select $1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000)
where (select count(*) from api_token where account_id = $3 and ends_at > now()) < ${maxTokens} returning id`

/** Writes a token; returns its id. Throws AppError('conflict') where its owner has too many. */
export async function writeToken(database: Queryable, token: NewToken): Promise<number> {
  const { tokenHash, name, account, role, teams, endsAt } = token
  const { rows } = await database
    .query<{ id: number }>(insert, [tokenHash, name, account, role, teams, endsAt])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `You have ${maxTokens} tokens. Revoke some first.`)
  return id
}
