import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { toAnswer } from '@/server/answer'
import { ownDatabase } from '@/server/database'
import { createDictionaries } from '@/server/db/names/dictionaries'
import type { Pool } from '@/server/db/pool'
import { leasedSource, batchOf } from '@/server/db/test-batches'
import { writeBatch } from '@/server/db/write-batch'
import { parseParams } from '@/server/params'
import type { AnyView } from '@/server/view'
import { flowsView } from '@/server/views/flows'
import { mapView } from '@/server/views/map'
import { servicesView } from '@/server/views/services'
import { workOutHere } from '@/server/work-out'
import type { Bench, Measure } from './bench'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillInstallation } from './fixtures/installation'
import { recordFixture } from './fixtures/records'

const workloads = knob('ORIEL_BENCH_WORKLOADS', 2_000)
const edges = knob('ORIEL_BENCH_EDGES', 10_000)
const runs = knob('ORIEL_BENCH_RUNS', 7)
const quarter = 15 * 60_000

/** What pages ask about some namespaces, in a process that keeps names and nothing else, with the second wall and without. */
export const bench: Bench = {
  name: 'wall',
  title: `Two walls or one, ${workloads.toLocaleString('en-US')} workloads and ${edges.toLocaleString('en-US')} edges, 15 minutes`,
  run: () =>
    withBenchDatabase(async (pool, url) => {
      process.env.ORIEL_DATABASE_URL = url
      const now = floorTo(Date.now(), 10_000)
      await fillInstallation(pool, { workloads, edges, now })
      await fillRecords(pool, now)
      const measures: Measure[] = []
      const query = new URLSearchParams({ from: String(now - quarter), to: String(now) })
      for (const namespaces of [2, 20]) {
        const pairs = Array.from({ length: namespaces }, (_, i) => ['production', `team-${i}`] as const)
        const scope = scopeOf(pairs)
        for (const view of [mapView, servicesView, flowsView] as readonly AnyView[]) {
          const ways = view.open((own) => {
            const asked = own.settle(parseParams(own.params, query))
            return {
              two: async () => workOutHere(own, await asked, scope),
              one: async () => {
                const question = await asked
                return toAnswer(own.render(await own.load(question, scope), question))
              },
            }
          })
          const [one, two] = [await median(ways.one), await median(ways.two)]
          measures.push({
            what: `${view.name} of ${namespaces} of ${workloads / 25} namespaces, two walls`,
            value: two,
            unit: 'ms',
            baseline: { what: 'the first wall alone', value: one },
          })
        }
      }
      await ownDatabase().end()
      return measures
    }),
}

/** A minute of records, one of each edge in ten seconds. */
async function fillRecords(pool: Pool, now: number): Promise<void> {
  const { rows } = await pool.query<
    Record<'cluster' | 'namespace' | 'name' | 'to_namespace' | 'to_name', string> & { port: number }
  >(
    `select f.cluster, f.namespace, f.name, t.namespace as to_namespace, t.name as to_name, port
from edge join endpoint f on f.id = from_id join endpoint t on t.id = to_id`,
  )
  const names = rows.map(({ cluster, namespace, name, port, ...to }) => ({
    from: { cluster, namespace, kind: 'Deployment', name },
    to: { cluster, namespace: to.to_namespace, kind: 'Deployment', name: to.to_name },
    port,
    protocol: 'tcp' as const,
  }))
  const token = await leasedSource(pool, 'records')
  const dictionaries = createDictionaries(pool)
  for (let n = 0; n < 6; n++)
    await writeBatch(
      pool,
      dictionaries,
      batchOf('records', token, { records: recordFixture(names, now - (n + 1) * 10_000, n) }),
    )
  await pool.query('vacuum analyze flow_record, edge, endpoint')
}

/** What a process keeps of answers and Worlds is forgotten before each run; names are known. */
const kept = ['worlds', 'inventories', 'grounds', 'baselines', 'trailing-baselines', 'service-worlds']

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i <= runs; i++) {
    for (const name of kept) Reflect.deleteProperty(globalThis, Symbol.for(`oriel.${name}`))
    const began = performance.now()
    await work()
    if (i > 0) times.push(performance.now() - began)
  }
  return quantile(times, 0.5)
}
