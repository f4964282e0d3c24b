import type { FlowCondition } from '@/core/flows/flow-condition'
import type { FlowPlace } from '@/core/flows/flow-id'
import { tierMs, type Window } from '@/core/time'
import { within } from '../buckets/bucket-sql'
import { conditionSql } from './flow-condition-sql'
import { databaseError, type Queryable } from '../pool'

export type FlowsQuestion = {
  readonly window: Window
  readonly condition: FlowCondition
  /** Only what is older than this place, newest first. */
  readonly before: FlowPlace | null
  /** Only what is newer than this place: the oldest of it, so that a tail that reads on leaves nothing out. */
  readonly after: FlowPlace | null
  readonly limit: number
  readonly recordingId: number | null
  /** Where the newest data is. What comes after it is little, and read in one slice. */
  readonly newest?: number
  /** Milliseconds to search; the slice that is being read is finished. */
  readonly budgetMs: number
}

/** A raw record with the ids of its names. */
export type FlowIds = FlowPlace & {
  readonly edgeId: number
  readonly facetId: number
  readonly shapeId: number
  readonly sourcePort: number
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
}

/** `searchedTo`: where the search stopped, milliseconds, because the limit or the budget was reached; null: all was searched. */
export type FoundFlows = { readonly rows: readonly FlowIds[]; readonly searchedTo: number | null }

type Row = {
  readonly time: number
  readonly key: string
  readonly edge_id: number
  readonly facet_id: number
  readonly shape_id: number
  readonly source_port: number
  readonly status: number | null
  readonly latency_us: number | null
  readonly summary: string
}

const stored = 'time, key, edge_id, facet_id, shape_id, source_port, status, latency_us, summary'
const columns = 'time, key::text as key, edge_id, facet_id, shape_id, source_port, status, latency_us, summary'

/** The first slice of time. Each next one is at most four times longer, and about as long as can be read in `sliceMs`. */
const firstSlice = tierMs['10s']
const growth = 4
const sliceMs = 40

/**
 * The records of a window that match, newest first, page by page of (time, key), so that what arrives meanwhile
 * shifts nothing. Time is read in slices, so that a page of frequent records reads little and one of rare ones
 * asks little; past the budget the page says how far it was searched.
 */
export async function readFlows(database: Queryable, question: FlowsQuestion): Promise<FoundFlows> {
  const { before, after, recordingId, limit, budgetMs, newest = Number.POSITIVE_INFINITY } = question
  if (question.condition.type === 'none') return { rows: [], searchedTo: null }
  // A millisecond more on both sides, for microseconds; the cursor's own condition is exact.
  let from = Math.max(question.window.from, after ? Math.floor(after.time) : Number.NEGATIVE_INFINITY)
  let to = Math.min(question.window.to, before ? Math.floor(before.time) + 1 : Number.POSITIVE_INFINITY)
  let span = recordingId === null ? firstSlice : Number.POSITIVE_INFINITY
  const rows: FlowIds[] = []
  // What the shortest took is taken for what every statement takes, however little it reads.
  let least = Number.POSITIVE_INFINITY
  const began = performance.now()
  try {
    while (to > from && rows.length < limit && (span <= firstSlice || performance.now() - began < budgetMs)) {
      const slice: { from: number; to: number } = after
        ? { from, to: Math.min(to, from + span) }
        : { from: Math.max(from, to - span), to }
      if (!after && to > newest) slice.from = Math.max(from, newest)
      const asked = performance.now()
      const found = await database.query<Row>(...query(question, slice, limit - rows.length))
      const took = performance.now() - asked
      least = Math.min(least, took)
      rows.push(...found.rows.map(flowOf))
      if (after) from = slice.to
      else to = slice.from
      if (slice.from !== newest) span = Math.max(firstSlice, span * Math.min(growth, sliceMs / (took - least))) + 1
    }
  } catch (thrown) {
    throw databaseError(thrown)
  }
  const searchedTo = rows.length >= limit ? (rows.at(-1)?.time ?? null) : to > from ? (after ? from : to) : null
  return { rows: after ? rows.toReversed() : rows, searchedTo }
}

function query(question: FlowsQuestion, slice: Window, limit: number): [string, unknown[]] {
  const values: unknown[] = []
  const value = (v: unknown) => `$${values.push(v)}`
  const { condition, before, after, recordingId } = question
  const conditions = [within('time', slice), conditionSql(condition, value)]
  if (recordingId !== null) conditions.push(`recording_id = ${value(recordingId)}`)
  if (before) conditions.push(`(time, key) < (${placeSql(before, value)})`)
  if (after) conditions.push(`(time, key) > (${placeSql(after, value)})`)
  const where = conditions.join(' and ')
  const way = after ? 'asc' : 'desc'
  const part = (table: string) =>
    `(select ${stored} from ${table} where ${where} order by time ${way}, key ${way} limit ${Math.trunc(limit)})`
  const parts =
    recordingId === null ? `${part('flow_record')} union all ${part('denied_record')}` : part('recording_flow')
  return [`select ${columns} from (${parts}) r order by r.time ${way}, r.key ${way} limit ${Math.trunc(limit)}`, values]
}

/** A place as a row of SQL: its time exact to the microsecond, its key as the signed number that is stored. */
const placeSql = ({ time, key }: FlowPlace, value: (v: unknown) => string) =>
  `'epoch'::timestamptz + round(${value(time)}::numeric * 1000)::float8 * interval '1 microsecond', ${value(String(BigInt.asIntN(64, key)))}::bigint`

const flowOf = (row: Row): FlowIds => ({
  time: row.time,
  key: BigInt.asUintN(64, BigInt(row.key)),
  edgeId: row.edge_id,
  facetId: row.facet_id,
  shapeId: row.shape_id,
  sourcePort: row.source_port,
  status: row.status,
  latencyMs: row.latency_us === null ? null : row.latency_us / 1000,
  summary: row.summary,
})
