import { type BucketIds, edgeBuckets, operationBuckets, type OperationIds } from './buckets/bucket-kind'
import { bucketStarts, mergeBuckets } from './buckets/merge-buckets'
import type { Dictionaries } from './names/dictionaries'
import { markDue } from './buckets/mark-due'
import { ensurePartitions, forgetPartitions } from './partitions'
import { inTransaction, type Connection, type Pool } from './pool'
import { defaultRetention, type Retention } from './retention'
import type { RecordRow, WriteBatch } from './telemetry'
import { writeCertificates } from './encryption/write-certificates'
import { writeDetails } from './flows/write-details'
import { writeGaps } from './sources/write-gaps'
import { writeRecords, type RecordIds } from './flows/write-records'
import { writeSeenKeys } from './sources/write-seen-keys'
import { writeSourceStats } from './sources/write-source-stats'
import { writeTunnelReadings } from './encryption/write-tunnel-readings'

export type WriteOptions = { readonly retention?: Retention; readonly now?: number }

/** `repeated`: this batch was written before and added nothing now. `refused…`: rows older than what is kept, or from the future. */
export type Written = { readonly repeated: boolean; readonly refusedBuckets: number; readonly refusedRecords: number }

const maxFutureMs = 3_600_000

/**
 * Writes one flush of a source in one transaction: buckets, operations, raw records, keys, gaps, figures and
 * checkpoint, or nothing. Safe to call again with the same batch after AppError('unavailable').
 * Throws AppError('conflict') when the source's lease is lost.
 */
export async function writeBatch(
  pool: Pool,
  dictionaries: Dictionaries,
  batch: WriteBatch,
  options: WriteOptions = {},
): Promise<Written> {
  const now = options.now ?? Date.now()
  const { '10s': bucketMs, flows, denied: deniedMs } = options.retention ?? defaultRetention
  const within = (time: number, keptMs: number) => time >= now - keptMs && time <= now + maxFutureMs
  const buckets = batch.buckets.filter((row) => within(row.bucket, bucketMs))
  const operations = batch.operations.filter((row) => within(row.bucket, bucketMs))
  const records = batch.records.filter((row) => within(row.time, isDenied(row) ? deniedMs : flows))

  const bucketIds = await identifyBuckets(dictionaries, buckets)
  const operationIds = await identifyOperations(dictionaries, operations)
  const recordIds = await identifyRecords(dictionaries, records)
  const ordinary = recordIds.filter((_, i) => !isDenied(records[i]))
  const denied = recordIds.filter((_, i) => isDenied(records[i]))

  const write = async (connection: Connection) => {
    if (!(await writeSourceStats(connection, batch))) return false
    await writeSeenKeys(connection, batch.sourceId, batch.seen)
    await mergeBuckets(connection, edgeBuckets, '10s', bucketIds)
    await mergeBuckets(connection, operationBuckets, '10s', operationIds)
    await writeRecords(connection, 'flow_record', ordinary)
    await writeRecords(connection, 'denied_record', denied)
    await writeDetails(connection, 'flow_detail', ordinary)
    await writeDetails(connection, 'denied_detail', denied)
    await writeGaps(connection, batch.sourceId, batch.gaps)
    await writeTunnelReadings(connection, batch.readings.tunnels)
    await writeCertificates(connection, batch.readings.certificates)
    await notify(connection, batch.sourceId, batch.stats.lastEventAt)
    await markDue(connection, '10s', bucketStarts(bucketIds))
    return true
  }
  const writeIntoPartitions = async () => {
    await ensurePartitions(pool, 'edge_bucket_10s', bucketStarts(bucketIds))
    await ensurePartitions(pool, 'operation_bucket_10s', bucketStarts(operationIds))
    await ensurePartitions(pool, 'flow_record', times(ordinary))
    await ensurePartitions(pool, 'flow_detail', times(ordinary))
    await ensurePartitions(pool, 'denied_record', times(denied))
    await ensurePartitions(pool, 'denied_detail', times(denied))
    return inTransaction(pool, write)
  }
  const written = await writeIntoPartitions().catch((error: unknown) => {
    if (!lacksPartition(error)) throw error
    forgetPartitions(pool)
    return writeIntoPartitions()
  })
  return {
    repeated: !written,
    refusedBuckets: batch.buckets.length - buckets.length,
    refusedRecords: batch.records.length - records.length,
  }
}

/** Denied records are kept longer; what only would have been denied, or failed, counts with them. */
const isDenied = (row: RecordRow | undefined): boolean => {
  const verdict = row?.facet.verdict
  return verdict === 'denied' || verdict === 'audited' || verdict === 'error'
}

async function identifyBuckets(dictionaries: Dictionaries, rows: WriteBatch['buckets']): Promise<BucketIds[]> {
  const edgeIds = await dictionaries.edges(rows.map((row) => row.edge))
  const facetIds = await dictionaries.facets(rows.map((row) => row.facet))
  return rows.map((row, i) => ({
    edgeId: edgeIds[i] ?? 0,
    facetId: facetIds[i] ?? 0,
    bucket: row.bucket,
    flows: row.flows,
    connections: row.connections,
    connectionSeconds: row.connectionSeconds,
    bytesSent: row.bytesSent,
    bytesReceived: row.bytesReceived,
    requests: row.requests,
    responses: row.responses,
    clientErrors: row.clientErrors,
    serverErrors: row.serverErrors,
    latency: row.latency,
  }))
}

async function identifyOperations(dictionaries: Dictionaries, rows: WriteBatch['operations']): Promise<OperationIds[]> {
  const edgeIds = await dictionaries.edges(rows.map((row) => row.edge))
  const facetIds = await dictionaries.facets(rows.map((row) => row.facet))
  const operationIds = await dictionaries.operations(rows.map((row) => row.operation))
  return rows.map(({ bucket, requests, responses, clientErrors, serverErrors, latency }, i) => ({
    edgeId: edgeIds[i] ?? 0,
    facetId: facetIds[i] ?? 0,
    operationId: operationIds[i] ?? 0,
    bucket,
    requests,
    responses,
    clientErrors,
    serverErrors,
    latency,
  }))
}

/** Names of raw records become ids. `keep`: their shapes are never pruned. */
export async function identifyRecords(
  dictionaries: Dictionaries,
  rows: readonly RecordRow[],
  keep = false,
): Promise<RecordIds[]> {
  const edgeIds = await dictionaries.edges(rows.map((row) => row.edge))
  const facetIds = await dictionaries.facets(rows.map((row) => row.facet))
  const shapeIds = await dictionaries.shapes(
    rows.map((row) => row.shape),
    keep,
  )
  return rows.map((row, i) => ({
    ...row,
    edgeId: edgeIds[i] ?? 0,
    facetId: facetIds[i] ?? 0,
    shapeId: shapeIds[i] ?? 0,
  }))
}

const times = (rows: readonly { readonly time: number }[]) => rows.map((row) => row.time)

/** Tells the web processes that a source has news; delivered when the transaction commits. */
const notify = (connection: Connection, source: string, to: number | null) =>
  connection.query(`select pg_notify('oriel_live', $1)`, [JSON.stringify({ source, to })])

/** check_violation: retention dropped a partition that this process had met. */
const lacksPartition = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23514'
