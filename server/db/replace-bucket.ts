import { compactSketch } from '@/core/sketch'
import { type Tier, tierMs } from '@/core/time'
import { bucketsFrom, countersOf, type SumRow, sums } from './bucket-sql'
import { copyInto } from './copy'
import { bucketColumns, bucketRows } from './merge-buckets'
import { bucketTable } from './partitions'
import type { Connection } from './pool'

const lock = `select pg_advisory_xact_lock(hashtext('oriel roll-up'))`

/**
 * Fills one bucket of a tier from the finer tier, in the caller's transaction: what was there is
 * replaced, never added to, so doing it again changes nothing. Returns the rows written.
 */
export async function replaceBucket(connection: Connection, finer: Tier, tier: Tier, bucket: number): Promise<number> {
  await connection.query(lock)
  const window = { from: bucket, to: bucket + tierMs[tier] }
  const from = bucketsFrom({ cover: { window, segments: [{ tier: finer, ...window }] } })
  const { rows } = await connection.query<SumRow & { edge_id: number; facet_id: number }>(
    `select edge_id, facet_id, ${sums} from ${from} group by edge_id, facet_id order by edge_id, facet_id`,
  )
  await connection.query(`delete from ${bucketTable(tier)} where bucket = to_timestamp($1::float8 / 1000)`, [bucket])
  const merged = rows.map((row) => ({
    edgeId: row.edge_id,
    facetId: row.facet_id,
    bucket,
    ...countersOf(row),
    latency: row.latency && compactSketch(row.latency),
  }))
  await copyInto(connection, `${bucketTable(tier)} (${bucketColumns})`, bucketRows(merged))
  return rows.length
}
