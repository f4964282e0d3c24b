import { type Cover } from '@/core/cover'
import { floorTo, tierMs, type Window } from '@/core/time'
import type { Counters } from '@/core/world'
import { bucketTable } from './partitions'

/** Which buckets a question is about: of live data, through a cover, or of a recording. */
export type BucketSource = { readonly cover: Cover } | { readonly recordingId: number; readonly window: Window }

/**
 * Sums of counters; a sum of nothing known stays null. Added as float8, which is exact up to 2^53 as
 * are our numbers, and takes two thirds of the time that bigint takes.
 */
export const sums = `sum(flows::float8) as flows, sum(connections::float8) as connections,
sum(connection_seconds::float8) as connection_seconds,
sum(bytes_sent::float8) as bytes_sent, sum(bytes_received::float8) as bytes_received,
sum(requests::float8) as requests, sum(responses::float8) as responses,
sum(client_errors::float8) as client_errors, sum(server_errors::float8) as server_errors,
string_agg(latency, ''::bytea) as latency`

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
export function bucketsFrom(source: BucketSource): string {
  if ('cover' in source) {
    const parts = source.cover.segments.map(
      ({ tier, from, to }) => `select * from ${bucketTable(tier)} where ${within('bucket', { from, to })}`,
    )
    return parts.length > 0 ? `(${parts.join(' union all ')}) b` : '(select * from edge_bucket_10s where false) b'
  }
  const { recordingId, window } = source
  return `(select * from recording_bucket where recording_id = ${Math.trunc(recordingId)} and ${within('bucket', whole(window))}) b`
}

/** A window as an SQL condition. */
export const within = (column: string, { from, to }: Window): string =>
  `${column} >= ${literal(from)} and ${column} < ${literal(to)}`

const literal = (time: number) => `'${new Date(time).toISOString()}'::timestamptz`

/** Whole buckets of the finest tier, the first one included. */
export const whole = ({ from, to }: Window): Window => ({ from: floorTo(from, tierMs['10s']), to })
