import type { Queryable } from '../pool'

const acquire = `update source set lease_holder = $2, lease_token = lease_token + 1, lease_until = now() + make_interval(secs => $3)
where id = $1 and (lease_holder is null or lease_holder = $2 or lease_until < now())
returning lease_token::text as token`

const renew = `update source set lease_until = now() + make_interval(secs => $3) where id = $1 and lease_token = $2`

const release = `update source set lease_holder = null, lease_until = null where id = $1 and lease_token = $2`

/**
 * Takes the right to read a source for `ttlMs`: a fencing token that grows with every taking, or
 * null while another holds it. The source's row must exist (upsertSource).
 */
export async function acquireLease(
  database: Queryable,
  sourceId: string,
  holder: string,
  ttlMs: number,
): Promise<bigint | null> {
  const { rows } = await database.query<{ token: string }>(acquire, [sourceId, holder, ttlMs / 1000])
  return rows[0] ? BigInt(rows[0].token) : null
}

/** Holds a lease for `ttlMs` more; false when it is another's by now. */
export async function renewLease(
  database: Queryable,
  sourceId: string,
  token: bigint,
  ttlMs: number,
): Promise<boolean> {
  const { rowCount } = await database.query(renew, [sourceId, String(token), ttlMs / 1000])
  return rowCount === 1
}

/** Gives a lease back, so that another collector need not wait for its end. */
export async function releaseLease(database: Queryable, sourceId: string, token: bigint): Promise<void> {
  await database.query(release, [sourceId, String(token)])
}
