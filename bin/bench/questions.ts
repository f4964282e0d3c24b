import { everything } from '@/core/scope'
import { floorTo } from '@/core/time'
import { ask } from '@/server/ask'
import { loadBaseline } from '@/server/baseline'
import { ownDatabase } from '@/server/database'
import { readEdgeRows } from '@/server/db/buckets/read-edge-rows'
import { parseParams } from '@/server/params'
import type { AnyView } from '@/server/view'
import { compareView } from '@/server/views/compare'
import { findingsView } from '@/server/views/findings'
import { mapView } from '@/server/views/map'
import { marksView } from '@/server/views/marks'
import { serviceChartsView } from '@/server/views/service-charts'
import { servicesView } from '@/server/views/services'
import { timelineView } from '@/server/views/timeline'
import { readWorld } from '@/server/world'
import type { Bench, Measure } from './bench'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillInstallation } from './fixtures/installation'

const workloads = knob('ORIEL_BENCH_WORKLOADS', 2_000)
const edges = knob('ORIEL_BENCH_EDGES', 10_000)
const runs = knob('ORIEL_BENCH_RUNS', 7)
const quarter = 15 * 60_000

/** What a process keeps between questions; without these it answers as if it had just begun, or as if time had moved on. */
const kept = {
  moved: ['answers', 'worlds'],
  begun: ['answers', 'worlds', 'baselines', 'trailing-baselines', 'first-data'],
} as const

/** What pages ask about a day-old installation, from the question to the bytes of the answer, with what is known of it before. */
export const bench: Bench = {
  name: 'questions',
  title: `Questions of pages, ${workloads.toLocaleString('en-US')} workloads and ${edges.toLocaleString('en-US')} edges, 15 minutes`,
  run: () =>
    withBenchDatabase(async (pool, url) => {
      process.env.ORIEL_DATABASE_URL = url
      const now = floorTo(Date.now(), 10_000)
      await fillInstallation(pool, { workloads, edges, now })
      const window = { from: now - quarter, to: now }
      const rows = await timed(() => readEdgeRows(pool, { window, recordingId: null, edgeIds: null }))
      const measures: Measure[] = []
      const measure = async (what: string, work: () => Promise<unknown>, most?: number) => {
        const { wall, cpu } = await timed(work)
        measures.push({
          what: `${what}, median (of it on this process's core: ${Math.round(cpu)})`,
          value: wall,
          unit: 'ms',
          baseline: { what: 'the rows of its window from SQL', value: rows.wall },
          ...(most && { bar: { text: `≤ ${most} ms`, met: wall <= most } }),
        })
      }
      const range = `from=${window.from}&to=${window.to}`
      const asked =
        (view: AnyView, query = range) =>
        () =>
          view.open((own) => ask(own, parseParams(own.params, new URLSearchParams(query)), everything))
      const afresh = (names: readonly string[], work: () => Promise<unknown>) => () => {
        forget(names)
        return work()
      }
      await measure('the map of a process that has just begun', afresh(kept.begun, asked(mapView)))
      await measure(
        'of it the past, in three coarse reads',
        afresh(kept.begun, () => loadBaseline({ window, recording: null }, everything, readWorld)),
      )
      await measure('the map at new data', afresh(kept.moved, asked(mapView)), 500)
      await measure('the map with another filter', afresh(['answers'], asked(mapView, `${range}&q=error:>1%25`)))
      await measure(
        'the map with all regions open',
        afresh(['answers'], asked(mapView, `${range}&unfold=${regions()}`)),
      )
      await measure('timeline at new data', afresh(kept.moved, asked(timelineView)))
      await measure('findings at new data', afresh(kept.moved, asked(findingsView)))
      const list = asked(servicesView, `${range}&charts=0`)
      await measure(`services at new data, ${await sizeOf(list)}`, afresh(kept.moved, list))
      const whole = asked(servicesView)
      await measure(`services at new data with all small charts, ${await sizeOf(whole)}`, afresh(kept.moved, whole))
      const charts = asked(serviceChartsView, `${range}&ids=${inSight()}`)
      await measure(`the small charts of 16 of them beside it, ${await sizeOf(charts)}`, afresh(['answers'], charts))
      await measure('marks of an hour', afresh(kept.moved, asked(marksView, `from=${now - 4 * quarter}&to=${now}`)))
      await measure('compare: what the map asks beside it, with a second World', async () => {
        forget(kept.moved)
        await asked(mapView)()
        forget(['answers'])
        await asked(compareView, `${range}&vs=previous`)()
      })
      await ownDatabase().end()
      return measures
    }),
}

/** All but a few are open, which is what the address may name. */
const regions = () => Array.from({ length: Math.min(200, workloads / 25) }, (_, i) => `production/team-${i}`).join(',')

/** What the table asks for at once: all of one namespace. */
const inSight = () => Array.from({ length: 16 }, (_, i) => `production/team-0/Deployment/workload-${i}`).join(',')

const sizeOf = async (question: () => Promise<{ readonly body: Uint8Array }>): Promise<string> =>
  `${((await question()).body.length / 1e6).toPrecision(2)} MB`

/** Lets go of what is kept under these names (server/process-wide.ts). */
function forget(names: readonly string[]): void {
  for (const name of names) Reflect.deleteProperty(globalThis, Symbol.for(`oriel.${name}`))
}

/** Medians in milliseconds of what the work takes by the clock, and of the processor. */
async function timed(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  await work()
  const wall: number[] = []
  const cpu: number[] = []
  for (let i = 0; i < runs; i++) {
    const [began, used] = [performance.now(), process.cpuUsage()]
    await work()
    const { user, system } = process.cpuUsage(used)
    wall.push(performance.now() - began)
    cpu.push((user + system) / 1000)
  }
  return { wall: quantile(wall, 0.5), cpu: quantile(cpu, 0.5) }
}
