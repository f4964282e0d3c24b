import type { Window } from '@/core/time'
import type { Counters } from '@/core/world'
import { bucketsFrom, countersOf, type SumRow, sums, whole } from './bucket-sql'
import { databaseError, type Queryable } from '../pool'
import { readCover } from './read-cover'

export type SeriesQuestion = {
  readonly window: Window
  /** Length of a step, milliseconds: a multiple of 10 s. Steps start at its multiples. */
  readonly stepMs: number
  readonly recordingId: number | null
  /** These edges only; null for all. */
  readonly edgeIds: readonly number[] | null
  /** Rows per edge; false adds all edges of a facet up, and `edgeId` is then 0. */
  readonly byEdge: boolean
}

/** `t`: start of the step, milliseconds. */
export type SeriesSum = Counters & { readonly t: number; readonly edgeId: number; readonly facetId: number }

export type SeriesSums = { readonly window: Window; readonly rows: readonly SeriesSum[] }

/** Counters per step of a window. Cost: active edges × buckets of the coarsest tier that divides the step. */
export async function readSeriesRows(database: Queryable, question: SeriesQuestion): Promise<SeriesSums> {
  const { window, stepMs, recordingId, edgeIds, byEdge } = question
  try {
    const cover = recordingId === null ? await readCover(database, window, stepMs) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const where = edgeIds ? 'where edge_id = any($2)' : ''
    const { rows } = await database.query<SumRow & { t: number; edge_id: number; facet_id: number }>(
      `select (floor(extract(epoch from bucket) * 1000 / $1::float8) * $1::float8)::float8 as t, ${byEdge ? 'edge_id' : '0 as edge_id'}, facet_id, ${sums}
from ${from} ${where} group by 1, 2, 3 order by 1`,
      edgeIds ? [stepMs, edgeIds] : [stepMs],
    )
    return {
      window: cover?.window ?? whole(window),
      rows: rows.map((row) => ({ t: row.t, edgeId: row.edge_id, facetId: row.facet_id, ...countersOf(row) })),
    }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
