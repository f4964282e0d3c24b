import { databaseError, type Queryable } from '../pool'

/** A login under way. Hashes, so that who reads the table can finish none. */
export type PendingRow = {
  readonly stateHash: Uint8Array
  readonly browserHash: Uint8Array
  readonly provider: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
}

const insert = `insert into pending_login (state_hash, browser_hash, provider, nonce, verifier, return_to, ends_at)
values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))`

/** Keeps a login that was begun until a time in milliseconds. */
export async function writePendingLogin(database: Queryable, login: PendingRow, endsAt: number): Promise<void> {
  const { stateHash, browserHash, provider, nonce, verifier, returnTo } = login
  await database
    .query(insert, [stateHash, browserHash, provider, nonce, verifier, returnTo, endsAt])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
