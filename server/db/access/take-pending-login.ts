import { databaseError, type Queryable } from '../pool'
import type { PendingRow } from './write-pending-login'

export type TakenLogin = Omit<PendingRow, 'stateHash' | 'browserHash'> & {
  /** Whether it was this browser that began it. */
  readonly isOwn: boolean
  /** Milliseconds. */
  readonly endsAt: number
}

const take = `delete from pending_login where state_hash = $1
returning provider, nonce, verifier, return_to as "returnTo", browser_hash = $2 as "isOwn", (extract(epoch from ends_at) * 1000)::float8 as "endsAt"`

/** Takes a login that was begun, and forgets it in the same moment: the second who asks gets null. */
export async function takePendingLogin(
  database: Queryable,
  stateHash: Uint8Array,
  browserHash: Uint8Array,
): Promise<TakenLogin | null> {
  const { rows } = await database
    .query<TakenLogin>(take, [stateHash, browserHash])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
