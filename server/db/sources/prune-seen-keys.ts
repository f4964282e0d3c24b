import type { Queryable } from '../pool'

const remove = `delete from seen_key k using source s
where s.id = k.source_id and k.at < coalesce(s.last_read_at, now()) - make_interval(secs => $1)`

/**
 * Forgets dedupe keys that were written more than `olderThanMs` before their source was last read: a source that was
 * stopped for long keeps the keys that its restart needs.
 */
export async function pruneSeenKeys(database: Queryable, olderThanMs: number): Promise<number> {
  const { rowCount } = await database.query(remove, [olderThanMs / 1000])
  return rowCount ?? 0
}
