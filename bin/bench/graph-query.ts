import { buildGraph } from '@/core/graph/build-graph'
import { bucketsOf } from '@/core/series/cover'
import { floorTo } from '@/core/time'
import type { World, WorldEdge } from '@/core/world'
import type { Pool } from '@/server/db/pool'
import { readCover } from '@/server/db/buckets/read-cover'
import { readEdgeRows } from '@/server/db/buckets/read-edge-rows'
import { readEdges } from '@/server/db/names/read-edges'
import { readFacets } from '@/server/db/names/read-facets'
import type { Bench, Measure } from './bench'
import { fillCovers } from './fixtures/covers'
import { knob, quantile, withBenchDatabase } from './fixtures/database'

const edgeCount = knob('ORIEL_BENCH_EDGES', 20_000)
const runs = knob('ORIEL_BENCH_RUNS', 15)
const minute = 60_000
const windows: Readonly<Record<string, number>> = {
  '5 min': 5 * minute,
  '1 h': 60 * minute,
  '6 h': 360 * minute,
  '24 h': 1_440 * minute,
  '7 d': 7 * 1_440 * minute,
  '30 d': 30 * 1_440 * minute,
}
/** A moment at which every tier has a partly filled bucket. */
const now = floorTo(Date.now(), 86_400_000) + 13 * 60 * minute + 37 * minute + 42_000

/** The worst case: every edge is active in every bucket of every tier that answers. */
export const bench: Bench = {
  name: 'graph-query',
  title: `Graph of a window, ${edgeCount.toLocaleString('en-US')} active edges, SQL to JSON`,
  run: () =>
    withBenchDatabase(async (pool) => {
      await fillCovers(pool, { now, lengths: Object.values(windows), edgeCount })
      const measures: Measure[] = []
      for (const [name, length] of Object.entries(windows))
        measures.push(await measure(pool, name, { from: now - length, to: now }))
      return measures
    }),
}

async function measure(pool: Pool, name: string, window: { from: number; to: number }): Promise<Measure> {
  const buckets = bucketsOf(await readCover(pool, window))
  await answer(pool, window)
  const all: number[] = []
  const sql: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    sql.push(await answer(pool, window))
    all.push(performance.now() - began)
  }
  const p90 = quantile(all, 0.9)
  return {
    what: `${name}, ${buckets} buckets, p90 (median ${Math.round(quantile(all, 0.5))})`,
    value: p90,
    unit: 'ms',
    baseline: { what: 'its rows from SQL alone, median', value: quantile(sql, 0.5) },
    bar: { text: '≤ 150 ms', met: p90 <= 150 },
  }
}

/** The whole answer; returns the milliseconds that its rows took. */
async function answer(pool: Pool, window: { from: number; to: number }): Promise<number> {
  const began = performance.now()
  const sums = await readEdgeRows(pool, { window, recordingId: null, edgeIds: null })
  const ms = performance.now() - began
  const edges = await readEdges(
    pool,
    sums.rows.map((row) => row.edgeId),
  )
  const facets = await readFacets(
    pool,
    sums.rows.map((row) => row.facetId),
  )
  const worldEdges = sums.rows.flatMap((row): WorldEdge[] => {
    const edge = edges.get(row.edgeId)
    const facet = facets.get(row.facetId)
    return edge && facet ? [{ edge, rows: [{ ...row, facet }] }] : []
  })
  const world: World = {
    window: sums.window,
    coveredSeconds: (sums.window.to - sums.window.from) / 1000,
    clusterSeconds: new Map(),
    sourceSeconds: new Map(),
    edges: worldEdges,
    inventory: [],
    teams: new Map(),
    gaps: [],
    sources: [],
  }
  JSON.stringify(buildGraph(world, { level: 'workload' }))
  return ms
}
