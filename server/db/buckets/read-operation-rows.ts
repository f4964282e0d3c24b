import type { OperationCounters } from '@/core/operations/operation'
import type { Window } from '@/core/time'
import { operationBuckets } from './bucket-kind'
import { bucketsFrom, sumsOf } from './bucket-sql'
import { type CopyFields, copyOut } from '../copy-out'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'

export type OperationRowsQuestion = {
  readonly window: Window
  /** Recording, or null for live data. */
  readonly recordingId: number | null
  readonly edgeIds: readonly number[]
}

/** Counters of one edge, facet and operation over the whole window. `latency`: chunks of a sketch. */
export type OperationSum = OperationCounters & {
  readonly edgeId: number
  readonly facetId: number
  readonly operationId: number
}

/** What was asked on these edges and how it was answered. Cost: operations of the edges × buckets of the cover (about ten). */
export async function readOperationRows(pool: Pool, question: OperationRowsQuestion): Promise<readonly OperationSum[]> {
  const { window, recordingId, edgeIds } = question
  if (edgeIds.length === 0) return []
  try {
    const cover = recordingId === null ? await readCover(pool, window) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window }, operationBuckets)
    const keys = operationBuckets.keys.join(', ')
    const edges = `edge_id = any('{${edgeIds.map(Math.trunc).join(',')}}'::int[])`
    const select = `select ${keys}, ${sumsOf(operationBuckets)} from ${from} where ${edges} group by ${keys}`
    return await copyOut(pool, select, sumOf)
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

const sumOf = (fields: CopyFields): OperationSum => ({
  edgeId: fields.int32(),
  facetId: fields.int32(),
  operationId: fields.int32(),
  requests: fields.float64(),
  responses: fields.float64(),
  clientErrors: fields.float64(),
  serverErrors: fields.float64(),
  latency: fields.bytes(),
})
