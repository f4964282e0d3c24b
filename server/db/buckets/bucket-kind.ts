import type { OperationCounters } from '@/core/operations/operation'
import type { Counters } from '@/core/world'
import type { CopyRows } from '../copy'

/** Ids of what a row counts, and the start of its bucket. */
type Keys = { readonly edgeId: number; readonly facetId: number; readonly bucket: number }

/** Counters with the ids of their edge and facet, and the start of their bucket. */
export type BucketIds = Keys & Counters

/** The same of one operation. */
export type OperationIds = Keys & { readonly operationId: number } & OperationCounters

/** Tables of counters by edge, facet, bucket and maybe more: what is in a row of them. All else is the same for each kind. */
export type BucketKind<R extends Keys> = {
  /** Name of the tables without their tier. */
  readonly table: 'edge_bucket' | 'operation_bucket'
  readonly recording: 'recording_bucket' | 'recording_operation'
  /** Key columns beside the bucket. */
  readonly keys: readonly string[]
  /** Columns that are added up; `latency` comes behind them and is appended. */
  readonly counters: readonly string[]
  /** What tells the rows of one edge and facet apart, below 2^24. */
  part(row: R): number
  add(a: R, b: R): R
  /** Writes a row's fields in the order of the columns: keys, bucket, counters, latency. */
  put(rows: CopyRows, row: R): void
}

export const edgeBuckets: BucketKind<BucketIds> = {
  table: 'edge_bucket',
  recording: 'recording_bucket',
  keys: ['edge_id', 'facet_id'],
  counters: [
    'flows',
    'connections',
    'connection_seconds',
    'bytes_sent',
    'bytes_received',
    'requests',
    'responses',
    'client_errors',
    'server_errors',
  ],
  part: () => 0,
  add: (a, b) => ({
    ...a,
    flows: add(a.flows, b.flows),
    connections: add(a.connections, b.connections),
    connectionSeconds: add(a.connectionSeconds, b.connectionSeconds),
    bytesSent: add(a.bytesSent, b.bytesSent),
    bytesReceived: add(a.bytesReceived, b.bytesReceived),
    ...addAnswers(a, b),
  }),
  put(rows, b) {
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
  },
}

export const operationBuckets: BucketKind<OperationIds> = {
  table: 'operation_bucket',
  recording: 'recording_operation',
  keys: ['edge_id', 'facet_id', 'operation_id'],
  counters: ['requests', 'responses', 'client_errors', 'server_errors'],
  part: (row) => row.operationId,
  add: (a, b) => ({ ...a, ...addAnswers(a, b) }),
  put(rows, b) {
    rows.row(9)
    rows.int32(b.edgeId)
    rows.int32(b.facetId)
    rows.int32(b.operationId)
    rows.time(b.bucket)
    rows.int64(b.requests)
    rows.int64(b.responses)
    rows.int64(b.clientErrors)
    rows.int64(b.serverErrors)
    rows.bytes(b.latency)
  },
}

const addAnswers = (a: OperationCounters, b: OperationCounters): OperationCounters => ({
  requests: add(a.requests, b.requests),
  responses: add(a.responses, b.responses),
  clientErrors: add(a.clientErrors, b.clientErrors),
  serverErrors: add(a.serverErrors, b.serverErrors),
  latency: a.latency && b.latency ? Buffer.concat([a.latency, b.latency]) : (a.latency ?? b.latency),
})

const add = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0))

/** All columns of a kind, in the order that `put` writes them. */
export const columnsOf = (kind: Pick<BucketKind<never>, 'keys' | 'counters'>): string =>
  [...kind.keys, 'bucket', ...kind.counters, 'latency'].join(', ')
