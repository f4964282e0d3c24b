import { noCounters } from '@/core/figures/counters'
import { sharpEnd } from '@/core/figures/sharp-end'
import { floorTo, tierMs, type Window } from '@/core/time'
import type { Counters } from '@/core/world'
import { bucketsFrom } from './bucket-sql'
import { copyOut } from '../copy-out'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'
import { readTierState } from './read-tier-state'

/** What one edge and facet counted, and in which buckets: starts of the first and the last, milliseconds, and days as in core/policy/ground-traffic.ts. */
export type EdgeSighting = Counters & {
  readonly edgeId: number
  readonly facetId: number
  readonly first: number
  readonly last: number
  readonly days: number
}

export type EdgeSightings = { readonly window: Window; readonly rows: readonly EdgeSighting[] }

const day = tierMs['1d']

/**
 * Counts of edges in a period of live data, of at most 30 days, without bytes and latency, which cost most. No tier is
 * coarser than a day, so that days can be told. The newest time is read in finer steps, so that what was seen last is not as old as the
 * coarse bucket that it lies in. Cost: active edges × buckets of the cover (about 60 for 30 days).
 */
export async function readEdgeSightings(pool: Pool, period: Window): Promise<EdgeSightings> {
  try {
    const cover = sharpEnd(await readCover(pool, period, day), (await readTierState(pool)).keptFrom)
    const first = floorTo(cover.window.from, day) / day
    const epoch = "date_part('epoch', bucket)"
    const select = `select edge_id, facet_id, sum(flows::float8), sum(connections::float8), sum(requests::float8), sum(responses::float8),
1000 * date_part('epoch', min(bucket)), 1000 * date_part('epoch', max(bucket)), bit_or(1 << (floor(${epoch} / 86400)::int - ${first}))
from ${bucketsFrom({ cover })} group by edge_id, facet_id`
    const rows = await copyOut(pool, select, (fields): EdgeSighting => ({
      ...noCounters,
      edgeId: fields.int32(),
      facetId: fields.int32(),
      flows: fields.float64(),
      connections: fields.float64(),
      requests: fields.float64(),
      responses: fields.float64(),
      first: fields.float64() ?? cover.window.from,
      last: fields.float64() ?? cover.window.from,
      days: fields.int32(),
    }))
    return { window: cover.window, rows }
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
