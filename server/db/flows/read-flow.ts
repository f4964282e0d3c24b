import type { FlowPlace } from '@/core/flows/flow-id'
import type { Window } from '@/core/time'
import { within } from '../buckets/bucket-sql'
import { databaseError, type Queryable } from '../pool'
import type { FlowIds } from './read-flows'

/** A raw record with what it has in common with others, as JSON text. `detail`: what is its own; null of live data, where it is in a block (read-detail.ts). */
export type FlowDetailIds = FlowIds & { readonly shape: string; readonly detail: string | null }

type Row = {
  readonly time: number
  readonly edge_id: number
  readonly facet_id: number
  readonly shape_id: number
  readonly source_port: number
  readonly status: number | null
  readonly latency_us: number | null
  readonly summary: string
  readonly detail: string | null
  readonly shape: string | null
}

const query = (
  table: string,
  detail: string,
  window: Window,
) => `select time, edge_id, facet_id, shape_id, source_port, status, latency_us, summary, ${detail} as detail,
(select shape from flow_shape where id = shape_id) as shape from ${table} where ${within('time', window)} and key = $1`

/** One raw record by its place; null where it is gone. */
export async function readFlow(
  database: Queryable,
  at: FlowPlace,
  recordingId: number | null,
): Promise<FlowDetailIds | null> {
  const window = { from: Math.floor(at.time), to: Math.floor(at.time) + 1 }
  const key = String(BigInt.asIntN(64, at.key))
  const text =
    recordingId === null
      ? `${query('flow_record', 'null::text', window)} union all ${query('denied_record', 'null::text', window)} limit 1`
      : `${query('recording_flow', 'detail', window)} and recording_id = $2`
  const { rows } = await database
    .query<Row>(text, recordingId === null ? [key] : [key, recordingId])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const row = rows[0]
  if (!row) return null
  return {
    time: row.time,
    key: at.key,
    edgeId: row.edge_id,
    facetId: row.facet_id,
    shapeId: row.shape_id,
    sourcePort: row.source_port,
    status: row.status,
    latencyMs: row.latency_us === null ? null : row.latency_us / 1000,
    summary: row.summary,
    detail: row.detail,
    shape: row.shape ?? '{}',
  }
}
