import type { Window } from '@/core/time'
import type { Counters } from '@/core/world'
import { bucketsFrom, sums, whole } from './bucket-sql'
import { type CopyFields, copyOut } from '../copy-out'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'

export type EdgeRowsQuestion = {
  readonly window: Window
  /** Recording, or null for live data. */
  readonly recordingId: number | null
  /** These edges only; null for all. */
  readonly edgeIds: readonly number[] | null
}

/** Counters of one edge and facet over the whole window. `latency`: chunks of a sketch. */
export type EdgeSum = Counters & { readonly edgeId: number; readonly facetId: number }

/** `window`: what was summed; its ends may be snapped to the tiers (core/series/cover.ts). */
export type EdgeSums = { readonly window: Window; readonly rows: readonly EdgeSum[] }

/** What each edge and facet counted in a window. Cost: active edges × buckets of the cover (about ten). */
export async function readEdgeRows(pool: Pool, question: EdgeRowsQuestion): Promise<EdgeSums> {
  const { window, recordingId, edgeIds } = question
  try {
    const cover = recordingId === null ? await readCover(pool, window) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const where = edgeIds ? `where edge_id = any('{${edgeIds.map(Math.trunc).join(',')}}'::int[])` : ''
    const select = `select edge_id, facet_id, ${sums} from ${from} ${where} group by edge_id, facet_id`
    return { window: cover?.window ?? whole(window), rows: await copyOut(pool, select, sumOf) }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

const sumOf = (fields: CopyFields): EdgeSum => ({
  edgeId: fields.int32(),
  facetId: fields.int32(),
  flows: fields.float64(),
  connections: fields.float64(),
  connectionSeconds: fields.float64(),
  bytesSent: fields.float64(),
  bytesReceived: fields.float64(),
  requests: fields.float64(),
  responses: fields.float64(),
  clientErrors: fields.float64(),
  serverErrors: fields.float64(),
  latency: fields.bytes(),
})
