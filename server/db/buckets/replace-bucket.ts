import { compactSketch } from '@/core/figures/sketch'
import { type Tier, tierMs } from '@/core/time'
import { type BucketKind, columnsOf, edgeBuckets, operationBuckets } from './bucket-kind'
import { answersOf, bucketsFrom, countersOf, type SumRow, sumsOf } from './bucket-sql'
import { copyInto, type CopyRows } from '../copy'
import { bucketRows } from './merge-buckets'
import { bucketTable } from '../partitions'
import type { Connection } from '../pool'

const lock = `select pg_advisory_xact_lock(hashtext('oriel roll-up'))`

type Row = SumRow & { readonly edge_id: number; readonly facet_id: number; readonly operation_id: number }

/**
 * Fills one bucket of a tier from the finer tier, of edges and of operations, in the caller's
 * transaction: what was there is replaced, never added to, so doing it again changes nothing. Returns
 * the rows written.
 */
export async function replaceBucket(connection: Connection, finer: Tier, tier: Tier, bucket: number): Promise<number> {
  await connection.query(lock)
  const step = { connection, finer, tier, bucket }
  const edges = await replace(step, edgeBuckets, (rows) =>
    bucketRows(
      edgeBuckets,
      rows.map((row) => ({ edgeId: row.edge_id, facetId: row.facet_id, bucket, ...compacted(countersOf(row)) })),
    ),
  )
  const operations = await replace(step, operationBuckets, (rows) =>
    bucketRows(
      operationBuckets,
      rows.map((row) => ({
        edgeId: row.edge_id,
        facetId: row.facet_id,
        operationId: row.operation_id,
        bucket,
        ...compacted(answersOf(row)),
      })),
    ),
  )
  return edges + operations
}

type Step = {
  readonly connection: Connection
  readonly finer: Tier
  readonly tier: Tier
  readonly bucket: number
}

async function replace<R extends { readonly edgeId: number; readonly facetId: number; readonly bucket: number }>(
  { connection, finer, tier, bucket }: Step,
  kind: BucketKind<R>,
  copyRows: (rows: readonly Row[]) => CopyRows,
): Promise<number> {
  const window = { from: bucket, to: bucket + tierMs[tier] }
  const from = bucketsFrom({ cover: { window, segments: [{ tier: finer, ...window }] } }, kind)
  const keys = kind.keys.join(', ')
  const table = bucketTable(tier, kind.table)
  const { rows } = await connection.query<Row>(
    `select ${keys}, ${sumsOf(kind)} from ${from} group by ${keys} order by ${keys}`,
  )
  await connection.query(`delete from ${table} where bucket = to_timestamp($1::float8 / 1000)`, [bucket])
  await copyInto(connection, `${table} (${columnsOf(kind)})`, copyRows(rows))
  return rows.length
}

const compacted = <C extends { readonly latency: Uint8Array | null }>(counters: C): C => ({
  ...counters,
  latency: counters.latency && compactSketch(counters.latency),
})
