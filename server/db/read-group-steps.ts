import type { Window } from '@/core/time'
import { bucketsFrom, countersOf, type SumRow, sums, whole } from './bucket-sql'
import { databaseError, type Queryable } from './pool'
import { readCover } from './read-cover'
import type { SeriesSums } from './read-series-rows'

export type GroupStepsQuestion = {
  readonly window: Window
  /** Length of a step, milliseconds: a multiple of 10 s. Steps start at its multiples. */
  readonly stepMs: number
  readonly recordingId: number | null
  /** Edge id → group; edges that are not named are left out. */
  readonly groups: ReadonlyMap<number, number>
}

/** Counters per step and group of edges; `edgeId` is the group. Cost: active edges × buckets read, rows out: groups × facets × steps. */
export async function readGroupSteps(database: Queryable, question: GroupStepsQuestion): Promise<SeriesSums> {
  const { window, stepMs, recordingId, groups } = question
  try {
    const cover = recordingId === null ? await readCover(database, window, stepMs) : null
    const covered = cover?.window ?? whole(window)
    if (groups.size === 0) return { window: covered, rows: [] }
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const { rows } = await database.query<SumRow & { t: number; grp: number; facet_id: number }>(
      `select (floor(extract(epoch from bucket) * 1000 / $1::float8) * $1::float8)::float8 as t, grp, facet_id, ${sums}
from ${from} join unnest($2::int[], $3::int[]) g (id, grp) on g.id = edge_id group by 1, 2, 3`,
      [stepMs, [...groups.keys()], [...groups.values()]],
    )
    return {
      window: covered,
      rows: rows.map((row) => ({ t: row.t, edgeId: row.grp, facetId: row.facet_id, ...countersOf(row) })),
    }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
