import { everything as fullScope } from '@/core/scope'
import { parseFilter } from '@/core/filter/filter-parse'
import { floorTo } from '@/core/time'
import { ownDatabase } from '@/server/database'
import { exportFlows } from '@/server/flow-export'
import { loadFlowFacets } from '@/server/flow-facets'
import type { Bench, Measure } from './bench'
import { fillCovers } from './fixtures/covers'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillRawFlows } from './fixtures/raw-flows'

const total = knob('ORIEL_BENCH_FLOWS', 10_000_000)
const runs = knob('ORIEL_BENCH_RUNS', 15)
const edgeCount = 20_000
const span = 6 * 3_600_000
const now = floorTo(Date.now(), 10_000)
const asked = { window: { from: now - span, to: now }, recording: null, cluster: '', sel: '' }
const counted: Readonly<Record<string, string>> = {
  'no filter': '',
  'one busy edge (1 in 50)': 'from:workload-0 to:workload-0',
  'the edges of a namespace': 'ns:team-7',
  'a rare verdict (1 in 5,000)': 'verdict:denied',
  'status 5xx (1 in 500)': 'status:5xx',
  'text that is in 1 of 500': '"/items/7"',
  'text that is nowhere': 'xyzzy',
}
const exported: Readonly<Record<string, string>> = {
  everything: '',
  'all but a namespace': '!ns:team-7',
  'status 5xx (1 in 500)': 'status:5xx',
  'text that is in 1 of 500': '"/items/7"',
}

/** What is beside the first page of the flow table: the counts of its choices, and the file of its records. */
export const bench: Bench = {
  name: 'flow-counts',
  title: `Counts beside the flow table, and its export, of ${total.toLocaleString('en-US')} raw flows`,
  run: () =>
    withBenchDatabase(async (pool, url) => {
      process.env.ORIEL_DATABASE_URL = url
      await fillRawFlows(pool, { now, span, total, edgeCount })
      await fillCovers(pool, { now, lengths: [span], edgeCount })
      const measures: Measure[] = []
      for (const [what, q] of Object.entries(counted)) measures.push(await counts(what, q))
      for (const [what, q] of Object.entries(exported)) measures.push(await file(what, q))
      await ownDatabase().end()
      return measures
    }),
}

async function counts(what: string, q: string): Promise<Measure> {
  const question = { ...asked, filter: parseFilter(q).filter }
  const { records } = await loadFlowFacets(question, fullScope)
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    await loadFlowFacets(question, fullScope)
    times.push(performance.now() - began)
  }
  const [median, p90] = [quantile(times, 0.5).toFixed(0), quantile(times, 0.9)]
  return { what: `counts, ${what}: ${records.count} records, p90 (median ${median})`, value: p90, unit: 'ms' }
}

async function file(what: string, q: string): Promise<Measure> {
  const question = { ...asked, q, format: 'csv', before: null, limit: 100_000 } as const
  const began = performance.now()
  const response = await exportFlows(question, fullScope, 0, new AbortController().signal)
  const text = await response.text()
  const seconds = (performance.now() - began) / 1000
  const lines = text.split('\n').length - 2
  return {
    what: `export, ${what}: ${lines} records in ${seconds.toFixed(1)} s`,
    value: lines / seconds,
    unit: 'records/s',
  }
}
