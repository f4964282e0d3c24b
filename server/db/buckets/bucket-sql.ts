import { type Cover } from '@/core/series/cover'
import { floorTo, tierMs, type Window } from '@/core/time'
import type { OperationCounters } from '@/core/operations/operation'
import type { Counters } from '@/core/world'
import { type BucketKind, edgeBuckets } from './bucket-kind'
import { bucketTable } from '../partitions'

/** Which buckets a question is about: of live data, through a cover, or of a recording. */
export type BucketSource = { readonly cover: Cover } | { readonly recordingId: number; readonly window: Window }

/**
 * Sums of a kind's counters, latency last; a sum of nothing known stays null. Added as float8, which is
 * exact up to 2^53 as are our numbers, and takes two thirds of the time that bigint takes.
 */
export const sumsOf = ({ counters }: Pick<BucketKind<never>, 'counters'>): string =>
  [...counters.map((c) => `sum(${c}::float8) as ${c}`), `string_agg(latency, ''::bytea) as latency`].join(', ')

/** Of edges. */
export const sums = sumsOf(edgeBuckets)

export type SumRow = {
  readonly flows: number | null
  readonly connections: number | null
  readonly connection_seconds: number | null
  readonly bytes_sent: number | null
  readonly bytes_received: number | null
  readonly requests: number | null
  readonly responses: number | null
  readonly client_errors: number | null
  readonly server_errors: number | null
  readonly latency: Uint8Array | null
}

export const countersOf = (row: SumRow): Counters => ({
  flows: row.flows,
  connections: row.connections,
  connectionSeconds: row.connection_seconds,
  bytesSent: row.bytes_sent,
  bytesReceived: row.bytes_received,
  ...answersOf(row),
})

/** What is counted of operations. */
export const answersOf = (
  row: Pick<SumRow, 'requests' | 'responses' | 'client_errors' | 'server_errors' | 'latency'>,
): OperationCounters => ({
  requests: row.requests,
  responses: row.responses,
  clientErrors: row.client_errors,
  serverErrors: row.server_errors,
  latency: row.latency,
})

/**
 * A FROM item named `b` of all buckets in question. Times are numbers that we made ourselves, so
 * they are written into the text: the planner then sees which partitions it needs.
 */
export function bucketsFrom(
  source: BucketSource,
  { table, recording }: Pick<BucketKind<never>, 'table' | 'recording'> = edgeBuckets,
): string {
  if ('cover' in source) {
    const parts = source.cover.segments.map(
      ({ tier, from, to }) => `select * from ${bucketTable(tier, table)} where ${within('bucket', { from, to })}`,
    )
    return parts.length > 0
      ? `(${parts.join(' union all ')}) b`
      : `(select * from ${bucketTable('10s', table)} where false) b`
  }
  const { recordingId, window } = source
  return `(select * from ${recording} where recording_id = ${Math.trunc(recordingId)} and ${within('bucket', whole(window))}) b`
}

/** A window as an SQL condition. */
export const within = (column: string, { from, to }: Window): string =>
  `${column} >= ${literal(from)} and ${column} < ${literal(to)}`

const literal = (time: number) => `'${new Date(time).toISOString()}'::timestamptz`

/** Whole buckets of the finest tier, the first one included. */
export const whole = ({ from, to }: Window): Window => ({ from: floorTo(from, tierMs['10s']), to })
