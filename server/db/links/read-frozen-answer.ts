import { databaseError, type Queryable } from '../pool'

/** `from` and `to` are the window asked about, in milliseconds; null is that of the link. */
export type FrozenPlace = {
  readonly tokenHash: Uint8Array
  readonly question: Uint8Array
  readonly from: number | null
  readonly to: number | null
}

// Of the same question over several windows, the one that is nearest to the window asked for.
const select = `select (
  select a.body from frozen_answer a where a.link_id = l.id and a.question = $2
  order by abs(a.from_ms - coalesce($3::float8, extract(epoch from l.from_time) * 1000))
    + abs(a.to_ms - coalesce($4::float8, extract(epoch from l.to_time) * 1000)) limit 1
) as body from link l where l.token_hash = $1 and l.frozen and (l.expires_at is null or l.expires_at > now())`

/** A kept answer (gzip); `body` is null where the link keeps none to this question. null where the link is gone. */
export async function readFrozenAnswer(
  database: Queryable,
  { tokenHash, question, from, to }: FrozenPlace,
): Promise<{ readonly body: Buffer | null } | null> {
  const { rows } = await database
    .query<{ body: Buffer | null }>(select, [tokenHash, question, from, to])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
