import { floorTo } from '@/core/time'
import { ensurePartitions } from '@/server/db/partitions'
import type { Pool } from '@/server/db/pool'
import { type FlowsQuestion, readFlows } from '@/server/db/read-flows'
import type { Bench, Measure } from './bench'
import { knob, quantile, withBenchDatabase } from './fixtures/database'

const total = knob('ORIEL_BENCH_FLOWS', 10_000_000)
const runs = knob('ORIEL_BENCH_RUNS', 15)
const span = 6 * 3_600_000
const now = floorTo(Date.now(), 10_000)

const everything: FlowsQuestion = {
  window: { from: now - span, to: now },
  edgeIds: null,
  facetIds: null,
  status: null,
  before: null,
  after: null,
  limit: 100,
  recordingId: null,
}
const questions: Readonly<Record<string, Partial<FlowsQuestion>>> = {
  'no filter': {},
  'one busy edge (1 in 50)': { edgeIds: [1] },
  'one rare edge (1 in 20,000)': { edgeIds: [19_999] },
  '500 edges': { edgeIds: Array.from({ length: 500 }, (_, i) => 1_000 + i) },
  'status 5xx (1 in 500)': { status: { from: 500, to: 599 } },
  'a rare facet (1 in 5,000)': { facetIds: [3] },
  'rare edge and status: nothing': { edgeIds: [19_999], status: { from: 500, to: 599 } },
  'an edge that never was': { edgeIds: [999_999] },
  'page from the middle': { before: { time: now - span / 2, key: 0n } },
}

/** The first page of 100 from six hours of raw flows of 20 k edges, some of them a thousand times busier than others. */
export const bench: Bench = {
  name: 'flow-table',
  title: `Flow table, first page of ${total.toLocaleString('en-US')} raw flows`,
  run: () =>
    withBenchDatabase(async (pool) => {
      await fill(pool)
      const baseline = await time(() => pool.query('select 1'))
      const measures: Measure[] = []
      for (const [what, more] of Object.entries(questions)) {
        const times = await time(() => readFlows(pool, { ...everything, ...more }))
        const p90 = quantile(times, 0.9)
        measures.push({
          what: `${what}, p90 (median ${quantile(times, 0.5).toFixed(1)})`,
          value: p90,
          unit: 'ms',
          baseline: { what: 'an empty query', value: quantile(baseline, 0.9) },
          bar: { text: '≤ 100 ms', met: p90 <= 100 },
        })
      }
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
  const step = 15 * 60_000
  const times = Array.from({ length: Math.ceil(span / step) + 1 }, (_, i) => now - i * step)
  await ensurePartitions(pool, 'flow_record', times)
  await ensurePartitions(pool, 'denied_record', [now])
  const chunk = 500_000
  for (let at = 0; at < total; at += chunk)
    await pool.query(
      `insert into flow_record select 'epoch'::timestamptz + ($1::float8 + $2::float8 * (n::float8 / $3::float8)) * interval '1 millisecond', hashint8extended(n, 7),
case when n % 50 = 0 then 1 else 2 + (hashint8(n) & 2147483647) % 20000 end, case when n % 5000 = 0 then 3 else 1 + n % 2 end, 1 + n % 5000,
32768 + n % 28000, case when n % 5 = 0 then case when n % 500 = 0 then 503 else 200 end end, case when n % 5 = 0 then n % 40000 end,
case when n % 5 = 0 then 'GET /items/' || n % 100 else 'ACK' end from generate_series($4::bigint, $5::bigint - 1) n`,
      [now - span, span, total, at, Math.min(total, at + chunk)],
    )
  await pool.query('vacuum analyze flow_record')
}
