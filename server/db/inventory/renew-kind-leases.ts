import type { Queryable } from '../pool'

const update = `update source set lease_until = now() + make_interval(secs => $2) where id = any($1)`

/** Says for `ttlMs` more that the watches of these kinds are alive; what a killed collector left is then seen to be old. */
export async function renewKindLeases(database: Queryable, sourceIds: readonly string[], ttlMs: number): Promise<void> {
  await database.query(update, [sourceIds, ttlMs / 1000])
}
