import type { Queryable } from '../pool'

const select = `select keys from seen_key where source_id = $1 and at >= now() - make_interval(secs => $2) order by at`

/** Dedupe keys that a source wrote in the last `withinMs`, unsigned 64 bits, oldest first. 8 bytes each. */
export async function readSeenKeys(database: Queryable, sourceId: string, withinMs: number): Promise<bigint[]> {
  const { rows } = await database.query<{ keys: Buffer }>(select, [sourceId, withinMs / 1000])
  const keys: bigint[] = []
  for (const row of rows) for (let at = 0; at + 8 <= row.keys.length; at += 8) keys.push(row.keys.readBigUInt64BE(at))
  return keys
}
