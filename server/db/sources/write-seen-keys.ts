import type { Queryable } from '../pool'

const insert = 'insert into seen_key (source_id, at, keys) values ($1, now(), $2)'

/** Keeps the dedupe keys of one batch, 8 bytes each. */
export async function writeSeenKeys(database: Queryable, sourceId: string, keys: readonly bigint[]): Promise<void> {
  if (keys.length === 0) return
  const bytes = Buffer.allocUnsafe(keys.length * 8)
  keys.forEach((key, i) => bytes.writeBigUInt64BE(BigInt.asUintN(64, key), i * 8))
  await database.query(insert, [sourceId, bytes])
}
