import type { Window } from '@/core/time'
import { bucketsFrom, sums, whole } from './bucket-sql'
import { type CopyFields, copyOut } from '../copy-out'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'
import type { SeriesSum, SeriesSums } from './read-series-rows'

export type GroupStepsQuestion = {
  readonly window: Window
  /** Length of a step, milliseconds: a multiple of 10 s. Steps start at its multiples. */
  readonly stepMs: number
  readonly recordingId: number | null
  /** Edge id → group; edges that are not named are left out. */
  readonly groups: ReadonlyMap<number, number>
}

/** Counters per step and group of edges; `edgeId` is the group. Cost: active edges × buckets read, rows out: groups × facets × steps. */
export async function readGroupSteps(pool: Pool, question: GroupStepsQuestion): Promise<SeriesSums> {
  const { window, stepMs, recordingId, groups } = question
  try {
    const cover = recordingId === null ? await readCover(pool, window, stepMs) : null
    const covered = cover?.window ?? whole(window)
    if (groups.size === 0) return { window: covered, rows: [] }
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window })
    const step = Math.trunc(stepMs)
    const select = `select (floor(extract(epoch from bucket) * 1000 / ${step}::float8) * ${step}::float8)::float8 as t, grp, facet_id, ${sums}
from ${from} join unnest(${ints(groups.keys())}, ${ints(groups.values())}) g (id, grp) on g.id = edge_id group by 1, 2, 3`
    return { window: covered, rows: await copyOut(pool, select, stepOf) }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

/** Ids of our own as an array in SQL: COPY takes no parameters. */
const ints = (ids: Iterable<number>): string => `'{${Array.from(ids, Math.trunc).join(',')}}'::int[]`

const stepOf = (fields: CopyFields): SeriesSum => ({
  t: fields.float64() ?? 0,
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
