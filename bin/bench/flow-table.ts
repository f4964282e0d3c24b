import { everything as fullScope } from '@/core/scope'
import { parseFilter } from '@/core/filter/filter-parse'
import { floorTo } from '@/core/time'
import { ownDatabase } from '@/server/database'
import { type FlowsQuestion, loadFlows } from '@/server/flows'
import type { Bench, Measure } from './bench'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillRawFlows } from './fixtures/raw-flows'

const total = knob('ORIEL_BENCH_FLOWS', 10_000_000)
const runs = knob('ORIEL_BENCH_RUNS', 15)
const edgeCount = 20_000
const span = 6 * 3_600_000
const now = floorTo(Date.now(), 10_000)

const everything: FlowsQuestion = {
  window: { from: now - span, to: now },
  recording: null,
  cluster: '',
  sel: '',
  filter: { type: 'all' },
  before: null,
  after: null,
  limit: 100,
  newest: now,
  // What the page asks for (components/flows/use-flows-state.ts).
  budgetMs: 50,
}
const questions: Readonly<Record<string, string>> = {
  'no filter': '',
  'one busy edge (1 in 50)': 'from:workload-0 to:workload-0',
  'one rare edge (1 in 20,000)': 'from:workload-19 to:workload-133',
  'the edges of a namespace': 'ns:team-7',
  'all but a namespace': '!ns:team-7',
  'status 5xx (1 in 500)': 'status:5xx',
  'a rare verdict (1 in 5,000)': 'verdict:denied',
  'rare edge and status: nothing': 'from:workload-19 to:workload-133 status:5xx',
  'a name that never was': 'from:nobody',
  'text that is in 1 of 500': '"/items/7"',
  'text that is nowhere': 'xyzzy',
  'text or status': 'xyzzy or status:503',
  'not a status': '!status:2xx proto:http',
}

/** The first page of 100 from six hours of raw flows of 20 k edges, one of them a thousand times busier than the others; filter to rows, as the server answers it. */
export const bench: Bench = {
  name: 'flow-table',
  title: `Flow table, first page of ${total.toLocaleString('en-US')} raw flows`,
  run: () =>
    withBenchDatabase(async (pool, url) => {
      process.env.ORIEL_DATABASE_URL = url
      await fillRawFlows(pool, { now, span, total, edgeCount })
      const baseline = await time(() => pool.query('select 1'))
      const measures: Measure[] = []
      const measure = async (what: string, question: FlowsQuestion) => {
        const times = await time(() => loadFlows(question, fullScope))
        const { rows, searchedTo } = await loadFlows(question, fullScope)
        const p90 = quantile(times, 0.9)
        const found = `${rows.length} rows, ${searchedTo === null ? 'all' : `${((now - searchedTo) / 60_000).toFixed(1)} min`} searched`
        measures.push({
          what: `${what}: ${found}, p90 (median ${quantile(times, 0.5).toFixed(1)})`,
          value: p90,
          unit: 'ms',
          baseline: { what: 'an empty query', value: quantile(baseline, 0.9) },
          bar: { text: '≤ 100 ms', met: p90 <= 100 },
        })
      }
      for (const [what, q] of Object.entries(questions))
        await measure(what, { ...everything, filter: parseFilter(q).filter })
      await measure('page from the middle', { ...everything, before: { time: now - span / 2, key: 0n } })
      await measure('window open to the future, as a live page asks', {
        ...everything,
        window: { from: now - span, to: now + 3_600_000 },
      })
      await ownDatabase().end()
      return measures
    }),
}

async function time(work: () => Promise<unknown>): Promise<number[]> {
  await work()
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times
}
