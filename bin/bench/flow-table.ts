import { everything as fullScope } from '@/core/scope'
import { parseFilter } from '@/core/filter-parse'
import { floorTo } from '@/core/time'
import { createDictionaries } from '@/server/db/dictionaries'
import { ensurePartitions } from '@/server/db/partitions'
import type { Pool } from '@/server/db/pool'
import { ownDatabase } from '@/server/database'
import { type FlowsQuestion, loadFlows } from '@/server/flows'
import type { Bench, Measure } from './bench'
import { edgeFixture } from './fixtures/buckets'
import { knob, quantile, withBenchDatabase } from './fixtures/database'

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
      await fill(pool)
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

async function fill(pool: Pool): Promise<void> {
  const dictionaries = createDictionaries(pool)
  await dictionaries.edges(edgeFixture(edgeCount))
  const facet = {
    source: 'hubble',
    reporter: 'destination',
    reason: '',
    encryption: 'unknown',
    hop: 'unknown',
  } as const
  await dictionaries.facets([
    { ...facet, verdict: 'allowed', l7: 'none' },
    { ...facet, verdict: 'allowed', l7: 'http' },
    { ...facet, verdict: 'denied', l7: 'none' },
  ])
  const step = 15 * 60_000
  const times = Array.from({ length: Math.ceil(span / step) + 1 }, (_, i) => now - i * step)
  await ensurePartitions(pool, 'flow_record', times)
  await ensurePartitions(pool, 'denied_record', [now])
  const chunk = 500_000
  for (let at = 0; at < total; at += chunk)
    await pool.query(
      `insert into flow_record select 'epoch'::timestamptz + ($1::float8 + $2::float8 * (n::float8 / $3::float8)) * interval '1 millisecond', hashint8extended(n, 7),
case when n % 50 = 0 then 1 else 2 + (hashint8(n) & 2147483647) % 19999 end, case when n % 5000 = 0 then 3 when n % 5 = 0 then 2 else 1 end, 1 + n % 5000,
32768 + n % 28000, case when n % 5 = 0 then case when n % 500 = 0 then 503 else 200 end end, case when n % 5 = 0 then n % 40000 end,
case when n % 5 = 0 then 'GET /items/' || n % 100 else 'ACK' end from generate_series($4::bigint, $5::bigint - 1) n`,
      [now - span, span, total, at, Math.min(total, at + chunk)],
    )
  await pool.query('vacuum analyze flow_record')
}
