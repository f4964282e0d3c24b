import type { Window } from '@/core/time'
import type { Counters } from '@/core/world'
import { bucketsFrom, countersOf, type SumRow, sums, whole } from './bucket-sql'
import { databaseError, type Queryable } from './pool'
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

/** `window`: what was summed; its ends may be snapped to the tiers (core/cover.ts). */
export type EdgeSums = { readonly window: Window; readonly rows: readonly EdgeSum[] }

/** What each edge and facet counted in a window. Cost: active edges × buckets of the cover (mostly under 35). */
export async function readEdgeRows(database: Queryable, question: EdgeRowsQuestion): Promise<EdgeSums> {
  const { window, recordingId, edgeIds } = question
  try {
    const cover = recordingId === null ? await readCover(database, window) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const where = edgeIds ? 'where edge_id = any($1)' : ''
    const { rows } = await database.query<SumRow & { edge_id: number; facet_id: number }>(
      `select edge_id, facet_id, ${sums} from ${from} ${where} group by edge_id, facet_id`,
      edgeIds ? [edgeIds] : [],
    )
    return {
      window: cover?.window ?? whole(window),
      rows: rows.map((row) => ({ edgeId: row.edge_id, facetId: row.facet_id, ...countersOf(row) })),
    }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
