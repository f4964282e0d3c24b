import type { StepRow } from '@/core/series/step-row'
import type { Window } from '@/core/time'
import type { Edge, Facet, World } from '@/core/world'
import { witnessGroups } from '@/core/witness/witness-groups'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { readGroupSteps } from '@/server/db/buckets/read-group-steps'
import type { SeriesSum } from '@/server/db/buckets/read-series-rows'
import { database } from './database'
import { firstData } from './first-data'
import { liveEnd } from './live-end'
import { chooseStep } from './step-size'
import type { When } from './when'

/** What groups of edges counted in each step; `edgeId` of a row is an edge of its group. */
export type Steps = {
  /** What the rows are of; its start may be earlier than asked (core/series/cover.ts). */
  readonly window: Window
  readonly stepMs: number
  readonly rows: readonly StepRow[]
  /** In which the edges begin and end. */
  readonly clusters: ReadonlySet<string>
  /** Between these moments (milliseconds) a step without rows counted nothing; outside of them nothing is known. */
  readonly firstData: number | null
  readonly lastData: number | null
}

/** Rows that a chart may read, so that one of many edges gets longer steps instead of a long wait. */
const maxRows = 600_000
const minBuckets = 30

/**
 * What these edges counted over time, in at most `maxSteps` steps. The edges are of a World, so they
 * are within the scope that it was loaded for. `apart` keeps edges in groups of their own.
 */
export async function loadSteps(
  when: When,
  edges: World['edges'],
  maxSteps: number,
  apart?: (edge: Edge) => unknown,
): Promise<Steps> {
  const db = database()
  const maxBuckets = Math.max(minBuckets, maxRows / Math.max(1, edges.length))
  const stepMs = await chooseStep(when, { maxSteps, maxBuckets })
  const groups = witnessGroups(edges, apart)
  const live = when.recording === null
  // Asked before the rows are: what comes while they are read is not counted on.
  const last = live ? await liveEnd() : null
  const [facets, sums, first] = await Promise.all([
    readAllFacets(db),
    readGroupSteps(db, { window: when.window, stepMs, recordingId: when.recording, groups }),
    live ? firstData() : null,
  ])
  return {
    window: sums.window,
    stepMs,
    firstData: first,
    lastData: last,
    clusters: new Set(edges.flatMap(({ edge: { from, to } }) => [from.cluster, to.cluster])),
    rows: named(sums.rows, facets),
  }
}

/** What is written this very moment may have a facet that is not known yet; it is there at the next read. */
function named(sums: readonly SeriesSum[], facets: ReadonlyMap<number, Facet>): StepRow[] {
  const rows: StepRow[] = []
  for (const sum of sums) {
    const facet = facets.get(sum.facetId)
    if (facet) rows.push(rowOf(sum, facet))
  }
  return rows
}

/** Written out, because a spread of so many takes ten times as long. */
const rowOf = (sum: SeriesSum, facet: Facet): StepRow => ({
  t: sum.t,
  edgeId: sum.edgeId,
  facet,
  flows: sum.flows,
  connections: sum.connections,
  connectionSeconds: sum.connectionSeconds,
  bytesSent: sum.bytesSent,
  bytesReceived: sum.bytesReceived,
  requests: sum.requests,
  responses: sum.responses,
  clientErrors: sum.clientErrors,
  serverErrors: sum.serverErrors,
  latency: sum.latency,
})
