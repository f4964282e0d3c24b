import type { Window } from '@/core/time'
import { bucketsFrom, whole } from './bucket-sql'
import { databaseError, type Queryable } from '../pool'
import { readCover } from './read-cover'

export type FacetStepsQuestion = {
  readonly window: Window
  /** Length of a step, milliseconds: a multiple of 10 s. Steps start at its multiples. */
  readonly stepMs: number
  readonly recordingId: number | null
  readonly facetIds: readonly number[]
}

/** Events of one edge and facet in one step. `t`: its start, milliseconds. */
export type FacetStep = {
  readonly t: number
  readonly edgeId: number
  readonly facetId: number
  readonly events: number
}

export type FacetSteps = { readonly window: Window; readonly rows: readonly FacetStep[] }

/** What these facets counted per edge and step: requests where they were counted, else flows. Cost: the buckets of the window read, rows out: edges with these facets × steps. */
export async function readFacetSteps(database: Queryable, question: FacetStepsQuestion): Promise<FacetSteps> {
  const { window, stepMs, recordingId, facetIds } = question
  try {
    const cover = recordingId === null ? await readCover(database, window, stepMs) : null
    const covered = cover?.window ?? whole(window)
    if (facetIds.length === 0) return { window: covered, rows: [] }
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const { rows } = await database.query<FacetStep>(
      `select (floor(extract(epoch from bucket) * 1000 / $1::float8) * $1::float8)::float8 as t, edge_id as "edgeId", facet_id as "facetId",
coalesce(greatest(sum(requests::float8), sum(responses::float8)), sum(flows::float8), 0) as events
from ${from} where facet_id = any($2::int[]) group by 1, 2, 3`,
      [stepMs, facetIds],
    )
    return { window: covered, rows }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
