import type { Window } from '@/core/time'
import { bucketsFrom } from './bucket-sql'
import { copyOut } from '../copy-out'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'

/** Flows and requests of one edge and facet. */
export type EdgeEvents = { readonly edgeId: number; readonly facetId: number; readonly events: number }

export type EdgeEventsQuestion = { readonly window: Window; readonly recordingId: number | null }

/** How much happened on each edge and facet of a window: requests where they were counted, else flows. Cost: active edges × buckets of the cover (about ten). */
export async function readEdgeEvents(pool: Pool, { window, recordingId }: EdgeEventsQuestion): Promise<EdgeEvents[]> {
  try {
    const cover = recordingId === null ? await readCover(pool, window) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const select = `select edge_id, facet_id, coalesce(greatest(sum(requests::float8), sum(responses::float8)), sum(flows::float8), 0) from ${from} group by edge_id, facet_id`
    return await copyOut(pool, select, (fields) => ({
      edgeId: fields.int32(),
      facetId: fields.int32(),
      events: fields.float64() ?? 0,
    }))
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
