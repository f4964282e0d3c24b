import { fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildRoles } from '@/bin/build'
import { type Demo, runDemo } from '@/demo/main'
import { testDatabase } from '@/server/db/testing'
import { log } from '@/server/log'
import { hubble } from './hubble/source'
import { createPending } from './pending'
import { createResolver, noInventory } from './resolve'

/** How often the collector is killed; ORIEL_KILLS=200 for the long run. */
const kills = Number(process.env.ORIEL_KILLS ?? 10)

const database = testDatabase()
let collectorFile = ''

describe('exactly once', () => {
  // The process that users run; it starts in a moment, so most kills hit it at work.
  beforeAll(async () => {
    collectorFile = `${await buildRoles()}/collect.mjs`
  })

  it(
    `loses and doubles nothing when the collector is killed ${kills} times under load`,
    { timeout: 60_000 + kills * 15_000 },
    async () => {
      const since = Date.now()
      const demo = await runDemo({
        workloads: 60,
        rate: 1_500,
        seed: 7,
        stateDir: mkdtempSync(join(tmpdir(), 'oriel-kill-')),
        ringCapacity: 200_000,
      })
      try {
        for (let kill = 0; kill < kills; kill++) {
          const collector = startCollector(demo.hubble)
          await collector.ready
          await sleep(1_000 + Math.random() * 3_000)
          await collector.kill('SIGKILL')
        }
        await post(demo, '/traffic/pause')
        const expected = await readInOneGo(demo.hubble, since - 300_000)
        const last = startCollector(demo.hubble)
        await last.ready
        await until(async () => (await totals()).seen >= expected.seen, 60_000)
        await last.kill('SIGTERM')
        expect(await totals()).toEqual(expected)
        expect(expected.flows).toBeGreaterThan(1_000)
      } finally {
        await demo.stop()
      }
    },
  )
})

type Totals = { seen: number; flows: number; requests: number; responses: number; serverErrors: number; edges: number }

async function totals(): Promise<Totals> {
  const { rows } = await database.pool.query<Totals>(
    `select (select coalesce(sum(length(keys)) / 8, 0)::int from seen_key) seen, coalesce(sum(flows), 0) flows, coalesce(sum(requests), 0) requests,
       coalesce(sum(responses), 0) responses, coalesce(sum(server_errors), 0) "serverErrors", count(distinct edge_id)::int edges from edge_bucket_10s`,
  )
  const [row] = rows
  if (!row) throw new Error('no totals')
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as Totals
}

/** What one undisturbed reading of the same records counts. */
async function readInOneGo(address: string, time: number): Promise<Totals> {
  const stop = new AbortController()
  const limits = { maxEdges: 100_000, maxRecordsPerSecond: 0, maxAgeMs: 7_200_000 }
  const pending = createPending('hubble', createResolver(noInventory), limits, [])
  const reading = hubble.read(
    hubble.config.parse({ address }),
    { time },
    { cluster: 'default', inventory: null, signal: stop.signal, log },
  )
  const batches = reading[Symbol.asyncIterator]()
  for (;;) {
    const next = await Promise.race([batches.next(), sleep(4_000, null)])
    if (!next || next.done) break
    pending.add(next.value, Date.now())
  }
  stop.abort()
  const taken = pending.take()
  const rows = taken?.buckets ?? []
  const sum = (of: (row: (typeof rows)[number]) => number | null) =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0)
  return {
    seen: taken?.seen.length ?? 0,
    flows: sum((row) => row.flows),
    requests: sum((row) => row.requests),
    responses: sum((row) => row.responses),
    serverErrors: sum((row) => row.serverErrors),
    edges: new Set(rows.map((row) => row.edge)).size,
  }
}

function startCollector(address: string) {
  const variables = {
    ORIEL_DATABASE_URL: database.url,
    ORIEL_HUBBLE: address,
    ORIEL_KUBERNETES: 'false',
    ORIEL_DISCOVERY: 'false',
    // Takes its lease up at once, so that every kill hits a collector that reads.
    ORIEL_COLLECTOR: 'test',
    ORIEL_FLOWS_PER_SECOND: '100',
    ORIEL_LOG: 'error',
  }
  const child = fork(collectorFile, {
    execArgv: [],
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ready: new Promise<void>((resolve) => child.once('message', () => resolve())),
    async kill(signal: NodeJS.Signals) {
      child.kill(signal)
      await exited
    },
  }
}

const post = (demo: Demo, path: string) => fetch(demo.control + path, { method: 'POST' })

async function until(reached: () => Promise<boolean>, ms: number): Promise<void> {
  const end = Date.now() + ms
  while (Date.now() < end && !(await reached())) await sleep(250)
}
