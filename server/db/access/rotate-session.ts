import { databaseError, type Queryable } from '../pool'

const update = `update session set token_hash = $3, earlier_hash = $2, earlier_until = to_timestamp($5::float8 / 1000),
  rotated_at = to_timestamp($4::float8 / 1000), seen_at = to_timestamp($4::float8 / 1000)
where id = $1 and token_hash = $2`

/** Gives a session another token; the one before is taken until `overlapUntil`. false: somebody else was first. */
export async function rotateSession(
  database: Queryable,
  id: number,
  hashes: { readonly from: Uint8Array; readonly to: Uint8Array },
  now: number,
  overlapUntil: number,
): Promise<boolean> {
  const { rowCount } = await database
    .query(update, [id, hashes.from, hashes.to, now, overlapUntil])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
