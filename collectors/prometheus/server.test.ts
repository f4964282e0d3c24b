import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prometheusConfig, scrapeConfig } from './config'
import { createScrape } from './scrape'
import { createPrometheus } from './source'
import { testFamily } from './test-family'
import { factsOf, observed, readFrom, requestsOf } from './test-reading'

const binary = process.env.ORIEL_PROMETHEUS_BINARY || '/usr/bin/prometheus'
const present = existsSync(binary)
if (!present) console.log(`skipped: ${binary} is not installed (apt-get install prometheus)`)

const counters = new Map<string, number>()
let latencies = [0, 0]
const page = () => {
  const [below = 0, all = 0] = latencies
  return [
    '# TYPE test_requests_total counter',
    ...[...counters].map(([from, n]) => `test_requests_total{kept="yes",from="${from}"} ${n}`),
    '# TYPE test_latency_ms histogram',
    `test_latency_ms_bucket{kept="yes",le="10"} ${below}`,
    `test_latency_ms_bucket{kept="yes",le="+Inf"} ${all}`,
    `test_latency_ms_sum{kept="yes"} ${all * 7}`,
    `test_latency_ms_count{kept="yes"} ${all}`,
    '',
  ].join('\n')
}

const folder = mkdtempSync(join(tmpdir(), 'oriel-prometheus-'))
let server: ChildProcess | null = null
let url = ''
const pages = createServer((_request, response) => response.end(page()))

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createTcpServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const targetPort = () => (pages.address() as AddressInfo).port
async function answers(address: string): Promise<void> {
  const { ok } = await fetch(address)
  if (!ok) throw new Error('not ready')
}

beforeAll(async () => {
  if (!present) return
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const config = join(folder, 'prometheus.yml')
  const job = `- job_name: mesh\n    static_configs:\n      - targets: ['127.0.0.1:${targetPort()}']`
  writeFileSync(config, `global:\n  scrape_interval: 1s\nscrape_configs:\n  ${job}\n`)
  const storage = `--storage.tsdb.path=${join(folder, 'data')}`
  server = spawn(binary, [`--config.file=${config}`, storage, `--web.listen-address=127.0.0.1:${port}`], {
    stdio: 'ignore',
  })
  await vi.waitFor(() => answers(`${url}/-/ready`), { timeout: 60_000, interval: 100 })
})

afterAll(() => {
  server?.kill()
  pages.close()
  pages.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

const timings = {
  lagMs: 500,
  firstSpanMs: 10_000,
  baseMs: 30_000,
  overlapMs: 5_000,
  windowMs: 60_000,
  catchUpMs: 3_600_000,
  slackMs: 0,
  settleMs: 0,
}
const source = createPrometheus([testFamily], timings)
const scrape = createScrape([testFamily])
const throughServer = () => prometheusConfig.parse({ url, intervalMs: 1_000, cluster: 'c1' })

describe.skipIf(!present)('a real Prometheus', () => {
  it('gives the same totals as scraping the pod itself, over a reset and a new series, and over a restart of ours', async () => {
    const targets = [{ url: `http://127.0.0.1:${targetPort()}/metrics` }]
    const direct = readFrom(scrape, scrapeConfig.parse({ targets, intervalMs: 1_000 }))
    const first = readFrom(source, throughServer())
    const runs = [first]
    const responses = (readings: readonly { readonly batches: typeof first.batches }[]) =>
      readings.flatMap(observed).reduce((sum, one) => sum + (one.requests === 0 ? one.responses : 0), 0)
    const bothSay = async (requests: number, latency: number) => {
      const say = () => [
        requestsOf(direct),
        responses([direct]),
        runs.reduce((sum, run) => sum + requestsOf(run), 0),
        responses(runs),
      ]
      await expect.poll(say, { timeout: 20_000, interval: 50 }).toEqual([requests, latency, requests, latency])
    }
    counters.set('web', 1_000)
    latencies = [40, 50]
    await expect.poll(() => factsOf(direct).series, { timeout: 20_000 }).toBe(5)
    await expect.poll(() => factsOf(first).series, { timeout: 20_000 }).toBe(5)
    counters.set('web', 1_007)
    latencies = [42, 55]
    await bothSay(7, 5)
    counters.set('new', 3)
    await bothSay(10, 5)
    counters.set('web', 4)
    latencies = [1, 2]
    await bothSay(14, 7)
    first.stop()
    await first.done
    counters.set('web', 9)
    counters.set('later', 2)
    const checkpoint = first.batches.findLast((batch) => batch.checkpoint)?.checkpoint ?? null
    runs.push(readFrom(source, throughServer(), checkpoint))
    await bothSay(21, 7)
    for (const reading of [direct, ...runs]) {
      reading.stop()
      expect(await reading.done).toBeNull()
    }
    const keys = runs.flatMap(observed).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('says in its own words what is wrong with a query', async () => {
    const broken = createPrometheus([{ ...testFamily, matchers: '{a=b}' }], timings)
    const reading = readFrom(broken, throughServer())
    expect((await reading.done)?.message).toMatch(/turns down the query \(HTTP 400: “.*parse error.*”\)/)
  })
})
