import type { Operation, OperationCounters } from '@/core/operations/operation'
import type { Counters } from '@/core/world'
import { AppError } from '@/server/errors'
import { copyInto } from '../copy'
import type { Dictionaries } from '../names/dictionaries'
import { type BucketIds, edgeBuckets, operationBuckets, type OperationIds } from '../buckets/bucket-kind'
import { mergeRecordingBuckets } from '../buckets/merge-buckets'
import { inTransaction, type Pool } from '../pool'
import type { RecordRow } from '../telemetry'
import { identifyRecords } from '../write-batch'
import { recordingColumns, recordingRows } from '../flows/write-records'

/** A recorded flow and what it counts, by bucket of the finest tier; no `counts` where it is kept for the table alone. */
export type RecordingItem = {
  readonly record: RecordRow
  readonly counts: readonly (Counters & { readonly bucket: number })[]
  readonly operations: readonly (OperationCounters & { readonly bucket: number; readonly operation: Operation })[]
}

const temporary = `create temp table if not exists incoming_flow on commit delete rows as
select ${recordingColumns} from recording_flow with no data`

const insert = `insert into recording_flow (recording_id, ${recordingColumns})
select $1::int, ${recordingColumns} from pg_temp.incoming_flow order by key
on conflict (recording_id, key) do nothing returning key::text`

const stretch = `update recording set from_time = least(from_time, to_timestamp($2::float8 / 1000)), to_time = greatest(to_time, to_timestamp($3::float8 / 1000))
where id = $1`

/**
 * Adds flows to a recording in one transaction: those whose key it has not, each once, and what they
 * count; so importing again, or twice at once, never doubles. Returns how many were new.
 */
export async function writeRecording(
  pool: Pool,
  dictionaries: Dictionaries,
  recordingId: number,
  items: readonly RecordingItem[],
): Promise<number> {
  if (items.length === 0) return 0
  const records = await identifyRecords(
    dictionaries,
    items.map((item) => item.record),
    true,
  )
  const operationIds = await dictionaries.operations(items.flatMap((item) => item.operations.map((o) => o.operation)))
  return inTransaction(pool, async (connection) => {
    const { rowCount } = await connection.query('select 1 from recording where id = $1 for key share', [recordingId])
    if (!rowCount) throw new AppError('not_found', 'The recording was deleted meanwhile; import it again.')
    await connection.query(temporary)
    await copyInto(connection, `pg_temp.incoming_flow (${recordingColumns})`, recordingRows(records))
    const { rows } = await connection.query<{ key: string }>(insert, [recordingId])
    const fresh = new Set(rows.map((row) => BigInt(row.key)))
    const buckets: BucketIds[] = []
    const operations: OperationIds[] = []
    let at = 0
    let from = Number.POSITIVE_INFINITY
    let to = Number.NEGATIVE_INFINITY
    records.forEach((record, i) => {
      const first = at
      at += items[i]?.operations.length ?? 0
      if (!fresh.delete(BigInt.asIntN(64, record.key))) return
      from = Math.min(from, record.time)
      to = Math.max(to, record.time)
      const { edgeId, facetId } = record
      for (const counts of items[i]?.counts ?? []) {
        to = Math.max(to, counts.bucket)
        buckets.push({ edgeId, facetId, ...counts })
      }
      items[i]?.operations.forEach((counts, n) =>
        operations.push({ ...counts, edgeId, facetId, operationId: operationIds[first + n] ?? 0 }),
      )
    })
    if (rows.length === 0) return 0
    await mergeRecordingBuckets(connection, edgeBuckets, recordingId, buckets)
    await mergeRecordingBuckets(connection, operationBuckets, recordingId, operations)
    await connection.query(stretch, [recordingId, from, to])
    return rows.length
  })
}
