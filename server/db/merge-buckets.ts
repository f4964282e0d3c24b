import type { Counters } from '@/core/world'
import { tierMs, type Tier } from '@/core/time'
import { copyInto, createCopyRows, type CopyRows } from './copy'
import { bucketTable } from './partitions'
import type { Connection } from './pool'

/** Counters with the ids of their edge and facet, and the start of their bucket. */
export type BucketIds = { readonly edgeId: number; readonly facetId: number; readonly bucket: number } & Counters

export const bucketColumns =
  'edge_id, facet_id, bucket, flows, connections, connection_seconds, bytes_sent, bytes_received, requests, responses, client_errors, server_errors, latency'

const counters = [
  'flows',
  'connections',
  'connection_seconds',
  'bytes_sent',
  'bytes_received',
  'requests',
  'responses',
  'client_errors',
  'server_errors',
]

/** null + null stays null (unknown), null + n is n. */
const plus = (table: string) =>
  [
    ...counters.map(
      (c) =>
        `${c} = case when ${table}.${c} is null then excluded.${c} else ${table}.${c} + coalesce(excluded.${c}, 0) end`,
    ),
    `latency = case when ${table}.latency is null then excluded.latency else ${table}.latency || coalesce(excluded.latency, ''::bytea) end`,
  ].join(', ')

const merge = (table: string) =>
  `insert into ${table} (${bucketColumns}) select ${bucketColumns} from pg_temp.incoming_bucket
on conflict (edge_id, bucket, facet_id) do update set ${plus(table)}`

const mergeRecording = `insert into recording_bucket (recording_id, ${bucketColumns}) select $1::int, ${bucketColumns} from pg_temp.incoming_bucket
on conflict (recording_id, edge_id, bucket, facet_id) do update set ${plus('recording_bucket')}`

const temporary = `create temp table if not exists incoming_bucket (like edge_bucket_10s) on commit delete rows`

/** Adds buckets to a tier, inside the caller's transaction. Rows of one key are added up first. */
export async function mergeBuckets(connection: Connection, tier: Tier, buckets: readonly BucketIds[]): Promise<void> {
  if (buckets.length === 0) return
  await stage(connection, buckets)
  await connection.query(merge(bucketTable(tier)))
}

/** The same for a recording. */
export async function mergeRecordingBuckets(
  connection: Connection,
  recordingId: number,
  buckets: readonly BucketIds[],
): Promise<void> {
  if (buckets.length === 0) return
  await stage(connection, buckets)
  await connection.query(mergeRecording, [recordingId])
}

async function stage(connection: Connection, buckets: readonly BucketIds[]): Promise<void> {
  await connection.query(temporary)
  await copyInto(connection, `pg_temp.incoming_bucket (${bucketColumns})`, bucketRows([...unite(buckets)].sort(byKey)))
}

/** The order of the primary key: neighbours in the index are written together. */
const byKey = (a: BucketIds, b: BucketIds) => a.edgeId - b.edgeId || a.bucket - b.bucket

/** Rows for a COPY into `bucketColumns`. */
export function bucketRows(buckets: Iterable<BucketIds>): CopyRows {
  const rows = createCopyRows()
  for (const b of buckets) {
    rows.row(13)
    rows.int32(b.edgeId)
    rows.int32(b.facetId)
    rows.time(b.bucket)
    rows.int64(b.flows)
    rows.int64(b.connections)
    rows.int64(b.connectionSeconds)
    rows.int64(b.bytesSent)
    rows.int64(b.bytesReceived)
    rows.int64(b.requests)
    rows.int64(b.responses)
    rows.int64(b.clientErrors)
    rows.int64(b.serverErrors)
    rows.bytes(b.latency)
  }
  return rows
}

/** One row per key: ON CONFLICT cannot touch a row twice, and two names may have become one. */
export function unite(buckets: readonly BucketIds[]): readonly BucketIds[] {
  const byBucket = new Map<number, Map<number, number>>()
  let united: BucketIds[] | null = null
  const out: BucketIds[] = []
  for (const row of buckets) {
    // Facet ids stay far below 2^21, edge ids below 2^31: the key is exact.
    const key = row.edgeId * 2 ** 21 + row.facetId
    let places = byBucket.get(row.bucket)
    if (!places) byBucket.set(row.bucket, (places = new Map()))
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, out.length)
      out.push(row)
    } else {
      const known = out[place]
      if (known) out[place] = addBuckets(known, row)
      united = out
    }
  }
  return united ?? buckets
}

function addBuckets(a: BucketIds, b: BucketIds): BucketIds {
  return {
    ...a,
    flows: add(a.flows, b.flows),
    connections: add(a.connections, b.connections),
    connectionSeconds: add(a.connectionSeconds, b.connectionSeconds),
    bytesSent: add(a.bytesSent, b.bytesSent),
    bytesReceived: add(a.bytesReceived, b.bytesReceived),
    requests: add(a.requests, b.requests),
    responses: add(a.responses, b.responses),
    clientErrors: add(a.clientErrors, b.clientErrors),
    serverErrors: add(a.serverErrors, b.serverErrors),
    latency: a.latency && b.latency ? Buffer.concat([a.latency, b.latency]) : (a.latency ?? b.latency),
  }
}

const add = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0))

/** Starts of the finest buckets, each once and in order. */
export const bucketStarts = (buckets: readonly { readonly bucket: number }[]): number[] =>
  [...new Set(buckets.map((b) => b.bucket - (b.bucket % tierMs['10s'])))].sort((a, b) => a - b)
