import type { FlowCondition } from '@/core/flows/flow-condition'
import type { Window } from '@/core/time'
import { within } from '../buckets/bucket-sql'
import { conditionSql } from './flow-condition-sql'
import { databaseError, type Queryable } from '../pool'

export type DnsAnswersQuestion = {
  readonly window: Window
  readonly recordingId: number | null
  readonly condition: FlowCondition
  /** Edge and facet ids whose records are DNS are in the condition; records at most. */
  readonly limit: number
}

/** Answers of one code for one question on one edge. `p95`: milliseconds. */
export type DnsAnswers = {
  readonly edgeId: number
  readonly summary: string
  readonly rcode: number
  readonly count: number
  readonly p95: number | null
}

/** Answers that match, grouped, of the newest `limit` records of the window. Cost: the records read. */
export async function readDnsAnswers(database: Queryable, question: DnsAnswersQuestion): Promise<DnsAnswers[]> {
  const { window, recordingId, limit } = question
  const values: unknown[] = []
  const value = (v: unknown) => `$${values.push(v)}`
  const conditions = [within('time', window), 'status is not null', conditionSql(question.condition, value)]
  if (recordingId !== null) conditions.push(`recording_id = ${value(recordingId)}`)
  const part = (table: string) =>
    `(select time, edge_id, summary, status, latency_us from ${table} where ${conditions.join(' and ')} order by time desc limit ${Math.trunc(limit)})`
  const parts =
    recordingId === null ? `${part('flow_record')} union all ${part('denied_record')}` : part('recording_flow')
  try {
    const { rows } = await database.query<DnsAnswers>(
      `select edge_id as "edgeId", summary, status as rcode, count(*)::int as count,
percentile_disc(0.95) within group (order by latency_us) / 1000.0::float8 as p95
from (select * from (${parts}) a order by time desc limit ${Math.trunc(limit)}) r group by 1, 2, 3`,
      values,
    )
    return rows
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
