import { tierMs, type Window } from '@/core/time'
import { within } from './bucket-sql'
import { databaseError, type Queryable } from './pool'

/** A place in the flow table, by time and key. */
export type FlowCursor = { readonly time: number; readonly key: bigint }

export type FlowsQuestion = {
  readonly window: Window
  /** null: any. An empty list: none. */
  readonly edgeIds: readonly number[] | null
  readonly facetIds: readonly number[] | null
  readonly status: { readonly from: number; readonly to: number } | null
  /** Only what is older, or newer, than this place. */
  readonly before: FlowCursor | null
  readonly after: FlowCursor | null
  /** At most 500. */
  readonly limit: number
  readonly recordingId: number | null
}

/** A raw record with the ids of its names. */
export type FlowIds = {
  readonly time: number
  readonly key: bigint
  readonly edgeId: number
  readonly facetId: number
  readonly sourcePort: number
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
}

type Row = {
  readonly time: number
  readonly key: string
  readonly edge_id: number
  readonly facet_id: number
  readonly source_port: number
  readonly status: number | null
  readonly latency_us: number | null
  readonly summary: string
}

const stored = 'time, key, edge_id, facet_id, source_port, status, latency_us, summary'
const columns = 'time, key::text as key, edge_id, facet_id, source_port, status, latency_us, summary'

/** The first slice; later ones are eight times longer each, so that a page of frequent records reads little and one of rare ones asks little. */
const firstSliceMs = tierMs['10s']
const growth = 8

/** The newest records of a window that match, newest first. Pages by (time, key), so that what arrives meanwhile shifts nothing. */
export async function readFlows(database: Queryable, question: FlowsQuestion): Promise<FlowIds[]> {
  const { before, after, recordingId } = question
  const limit = Math.max(0, Math.min(500, Math.trunc(question.limit)))
  const rows: FlowIds[] = []
  if (question.edgeIds?.length === 0 || question.facetIds?.length === 0) return rows
  // A millisecond more on both sides, for microseconds; the cursor's own condition is exact.
  const from = Math.max(question.window.from, after ? Math.floor(after.time) : Number.NEGATIVE_INFINITY)
  let to = Math.min(question.window.to, before ? Math.floor(before.time) + 1 : Number.POSITIVE_INFINITY)
  let sliceMs = recordingId === null ? firstSliceMs : Number.POSITIVE_INFINITY
  try {
    while (to > from && rows.length < limit) {
      const slice = { from: Math.max(from, to - sliceMs), to }
      const found = await database.query<Row>(...query(question, slice, limit - rows.length))
      rows.push(...found.rows.map(flowOf))
      to = slice.from
      sliceMs *= growth
    }
    return rows
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

function query(question: FlowsQuestion, slice: Window, limit: number): [string, unknown[]] {
  const values: unknown[] = []
  const value = (v: unknown) => `$${values.push(v)}`
  const { edgeIds, facetIds, status, before, after, recordingId } = question
  const conditions = [within('time', slice)]
  if (recordingId !== null) conditions.push(`recording_id = ${value(recordingId)}`)
  if (edgeIds) conditions.push(`edge_id = any(${value(edgeIds)}::int[])`)
  if (facetIds) conditions.push(`facet_id = any(${value(facetIds)}::int[])`)
  if (status) conditions.push(`status between ${value(status.from)}::int and ${value(status.to)}::int`)
  if (status && status.from >= 400) conditions.push('status >= 400')
  if (before)
    conditions.push(
      `(time, key) < (${moment(value(before.time))}, ${value(String(BigInt.asIntN(64, before.key)))}::bigint)`,
    )
  if (after)
    conditions.push(
      `(time, key) > (${moment(value(after.time))}, ${value(String(BigInt.asIntN(64, after.key)))}::bigint)`,
    )
  const where = conditions.join(' and ')
  const part = (table: string) =>
    `(select ${stored} from ${table} where ${where} order by time desc, key desc limit ${limit})`
  const parts =
    recordingId === null ? `${part('flow_record')} union all ${part('denied_record')}` : part('recording_flow')
  return [`select ${columns} from (${parts}) r order by r.time desc, r.key desc limit ${limit}`, values]
}

/** Milliseconds as a timestamptz, exact to the microsecond. */
const moment = (parameter: string) =>
  `'epoch'::timestamptz + round(${parameter}::numeric * 1000)::float8 * interval '1 microsecond'`

const flowOf = (row: Row): FlowIds => ({
  time: row.time,
  key: BigInt.asUintN(64, BigInt(row.key)),
  edgeId: row.edge_id,
  facetId: row.facet_id,
  sourcePort: row.source_port,
  status: row.status,
  latencyMs: row.latency_us === null ? null : row.latency_us / 1000,
  summary: row.summary,
})
