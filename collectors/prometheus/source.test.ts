import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type PrometheusConfig, prometheusConfig } from './config'
import { createPrometheus, type Timings } from './source'
import { startApi, type TestApi, type TestSeries } from './test-api'
import { testFamily } from './test-family'
import { factsOf, gapsOf, observed, readFrom, requestsOf } from './test-reading'

const timings: Timings = {
  lagMs: 0,
  firstSpanMs: 5 * 60_000,
  baseMs: 3 * 60_000,
  overlapMs: 30_000,
  windowMs: 60_000,
  catchUpMs: 3_600_000,
  slackMs: 15_000,
  settleMs: 150_000,
}
const source = createPrometheus([testFamily], timings)

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function serve(prefix = ''): Promise<TestApi> {
  const api = await startApi(undefined, prefix)
  cleanups.push(api.stop)
  return api
}

const configOf = (api: TestApi, more: object = {}) =>
  prometheusConfig.parse({ url: `http://127.0.0.1:${api.port}`, intervalMs: 1_000, ...more })

const follow = (config: PrometheusConfig, from: number | null = null) => {
  const reading = readFrom(source, config, from === null ? null : { time: from })
  cleanups.push(reading.stop)
  return reading
}
const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)

/** Follows until the windows up to now are read, and stops. */
async function readAll(config: PrometheusConfig, from: number | null = null) {
  const begun = Date.now()
  const reading = follow(config, from)
  const enough = ({ batches }: typeof reading) =>
    batches.some(({ checkpoint }) => (checkpoint?.time ?? 0) >= begun - timings.slackMs - 1)
  await until(() => enough(reading))
  reading.stop()
  await reading.done
  return reading
}

const labels = { job: 'mesh', instance: '10.0.0.1:15020', namespace: 'shop', pod: 'cart-1', kept: 'yes' }
const counter = (points: TestSeries['points'], more: object = {}): TestSeries => ({
  labels: { __name__: 'test_requests_total', ...labels, from: 'web', ...more },
  points,
})
const upOf = (points: TestSeries['points']): TestSeries => ({
  labels: { __name__: 'up', job: labels.job, instance: labels.instance },
  points,
})

/** Scrapes every 15 s, the newest 2 s ago: `values` from the oldest to the newest. */
const scrapesOf = (values: readonly number[], now = Date.now()) =>
  values.map((value, i): [number, number] => [now - 2_000 - (values.length - 1 - i) * 15_000, value])

describe('following', () => {
  it('tells what counters grew by, scrape by scrape, and who was scraped', async () => {
    const api = await serve()
    const points = scrapesOf([10, 12, 12, 17])
    api.series.push(counter(points), counter(points, { kept: 'no' }))
    const reading = await readAll(configOf(api))
    expect(observed(reading)).toMatchObject([
      { time: points[0]?.[0], spanMs: 15_000, requests: 2, to: { workload: { name: 'cart-1' } }, cluster: 'c1' },
      { time: points[2]?.[0], spanMs: 15_000, requests: 5 },
    ])
    expect(factsOf(reading)).toMatchObject({
      reading: 'istio',
      series: 1,
      targets: 1,
      'targets down': 0,
      version: '1.0',
    })
    const [counted, gauges] = api.queries.slice(-2).map(({ query }) => query)
    expect(counted).toMatch(
      /^\{__name__=~"test_requests_total\|test_latency_ms\|test_latency_ms_bucket\|.*",kept="yes"\}\[\d+s\]$/,
    )
    expect(gauges).toMatch(/^\{__name__=~"test_open"\}\[\d+s\]$/)
  })

  it('counts a reset as a new beginning', async () => {
    const api = await serve()
    api.series.push(counter(scrapesOf([100, 103, 2, 4])))
    expect(requestsOf(await readAll(configOf(api)))).toBe(3 + 2 + 2)
  })

  it('counts a series that appears at a target that was scraped before as new', async () => {
    const api = await serve()
    const points = scrapesOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    api.series.push(counter(points), counter(scrapesOf([7, 9]), { from: 'new' }))
    expect(requestsOf(await readAll(configOf(api)))).toBe(9)
  })

  it('counts all of the first series that a target ever tells, where its scrapes are known', async () => {
    const api = await serve()
    api.series.push(upOf(scrapesOf([1, 1, 1, 1])), counter(scrapesOf([5, 6])))
    expect(requestsOf(await readAll(configOf(api)))).toBe(6)
    api.series.shift()
    expect(requestsOf(await readAll(configOf(api)))).toBe(1)
  })

  it('follows one of two servers that scrape the same targets', async () => {
    const api = await serve()
    const now = Date.now()
    api.series.push(counter(scrapesOf([1, 4], now), { prometheus_replica: 'a' }))
    // It read the page a little before, and says it did after.
    api.series.push(counter(scrapesOf([1, 3], now + 1), { prometheus_replica: 'b' }))
    expect(requestsOf(await readAll(configOf(api)))).toBe(3)
  })

  it('reads histograms, in buckets and native', async () => {
    const api = await serve()
    const [first, second] = scrapesOf([0, 0]).map(([time]) => time)
    if (first === undefined || second === undefined) throw new Error('no times')
    const bucket = (le: string, a: number, b: number): TestSeries => ({
      labels: { __name__: 'test_latency_ms_bucket', ...labels, from: 'web', le },
      points: [
        [first, a],
        [second, b],
      ],
    })
    const native = (n: number) => ({ count: String(n), sum: '1', buckets: [[0, '1', '2', String(n)]] })
    api.series.push(bucket('10', 1, 3), bucket('+Inf', 1, 5), {
      labels: { __name__: 'test_latency_ms', ...labels, from: 'native' },
      points: [
        [first, native(2)],
        [second, native(9)],
      ],
    })
    const reading = await readAll(configOf(api))
    expect(observed(reading).map(({ responses, from }) => [from.workload?.name, responses])).toEqual([
      ['native', 7],
      ['web', 4],
    ])
  })

  it('after a stop counts what came since the checkpoint, no more and no less', async () => {
    const api = await serve()
    const points = scrapesOf(Array.from({ length: 60 }, (_, i) => i * i))
    api.series.push(counter(points))
    const checkpoint = points[20]?.[0] ?? 0
    const reading = await readAll(configOf(api), checkpoint)
    expect(requestsOf(reading)).toBe(59 * 59 - 20 * 20)
    expect(new Set(observed(reading).map(({ key }) => key)).size).toBe(39)
  })

  it('gives a replay the same keys', async () => {
    const api = await serve()
    api.series.push(counter(scrapesOf([1, 2, 4, 8, 16])))
    const keys = async () => observed(await readAll(configOf(api))).map(({ key }) => key)
    expect(await keys()).toEqual(await keys())
  })

  it('counts a sample that comes late', async () => {
    const api = await serve()
    const series = counter(scrapesOf([1, 4]))
    api.series.push(series)
    const reading = follow(configOf(api))
    await until(() => factsOf(reading).series === 1)
    series.points.push([Date.now() - 1_500, 9])
    await until(() => requestsOf(reading) === 8)
    reading.stop()
  })

  it('reads by the clock of the server', async () => {
    const api = await serve()
    api.clockMs = -600_000
    api.series.push(counter(scrapesOf([1, 4, 9], Date.now() - 600_000)))
    const reading = follow(configOf(api))
    await until(() => requestsOf(reading) === 8)
  })

  it('keeps the path prefix, the headers and the secrets of the configuration, and shows none', async () => {
    const api = await serve('/prometheus')
    const folder = mkdtempSync(join(tmpdir(), 'oriel-'))
    const [token, password] = [join(folder, 'token'), join(folder, 'password')]
    writeFileSync(token, 'first\n')
    writeFileSync(password, 'pässword')
    const base = {
      url: `http://127.0.0.1:${api.port}/prometheus/`,
      intervalMs: 1_000,
      headers: { 'X-Scope-OrgID': 'secret7' },
    }
    const config = prometheusConfig.parse({ ...base, bearerTokenFile: token })
    const reading = follow(config)
    await until(() => api.queries.at(-1)?.headers.authorization === 'Bearer first')
    expect(api.queries[0]?.headers['x-scope-orgid']).toBe('secret7')
    writeFileSync(token, 'second')
    await until(() => api.queries.at(-1)?.headers.authorization === 'Bearer second')
    reading.stop()
    expect(source.target(config)).toBe(`http://127.0.0.1:${api.port}/prometheus`)
    expect(JSON.stringify(factsOf(reading))).not.toContain('secret7')
    follow(prometheusConfig.parse({ ...base, basic: { username: 'u', passwordFile: password } }))
    const basic = `Basic ${Buffer.from('u:pässword').toString('base64')}`
    await until(() => api.queries.at(-1)?.headers.authorization === basic)
  })
})

describe('gaps', () => {
  const down = [1, 1, 0, 0, 0]

  it('says that a target of ours fails, and that nothing was lost when its counters went on', async () => {
    const api = await serve()
    const now = Date.now()
    const up = upOf(scrapesOf(down, now))
    const series = counter(scrapesOf([1, 2, 0, 0, 0], now).slice(0, 2))
    api.series.push(up, series, { labels: { __name__: 'up', job: 'other', instance: 'x' }, points: scrapesOf(down) })
    const reading = follow(configOf(api))
    await until(() => gapsOf(reading).length === 1)
    const from = series.points[1]?.[0]
    expect(gapsOf(reading)).toEqual([
      { cluster: 'c1', from, to: null, cause: 'source_down', lost: null, part: 'mesh 10.0.0.1:15020' },
    ])
    expect(factsOf(reading)['targets down']).toBe(1)
    const back = Date.now() - 500
    up.points.push([back, 1])
    series.points.push([back, 9])
    await until(() => gapsOf(reading).length === 2)
    expect(gapsOf(reading)[1]).toMatchObject({ from, to: from })
    expect(requestsOf(reading)).toBe(8)
    reading.stop()
  })

  it('keeps the gap where the counters began again', async () => {
    const api = await serve()
    const now = Date.now()
    const [up, series] = [upOf(scrapesOf(down, now)), counter(scrapesOf([5, 7, 0, 0, 0], now).slice(0, 2))]
    api.series.push(up, series)
    const reading = follow(configOf(api))
    await until(() => gapsOf(reading).length === 1)
    const back = Date.now() - 500
    up.points.push([back, 1])
    series.points.push([back, 2])
    await until(() => gapsOf(reading).length === 2)
    expect(gapsOf(reading)[1]).toMatchObject({ from: series.points[1]?.[0], to: Math.round(back) })
    reading.stop()
  })
})

describe('discovery', () => {
  const inventory = (services: [string, string, string, number][]) => ({
    cluster: 'c1',
    services: () =>
      services.map(([namespace, name, portName, port]) => ({ namespace, name, ports: [{ name: portName, port }] })),
    pods: () => [],
    nodes: () => [],
  })
  const urls = (...services: [string, string, string, number][]) =>
    source.discover(inventory(services)).map(({ url, families }) => `${url}${families ? ` ${families.join(' ')}` : ''}`)

  it('takes one server, the one that sees most', () => {
    expect(urls(['x', 'y', 'http', 9090])).toEqual([])
    expect(urls(['monitoring', 'prometheus-operated', 'web', 9090])).toEqual([
      'http://prometheus-operated.monitoring.svc:9090',
    ])
    expect(urls(['a', 'prometheus-server', 'http', 80], ['b', 'thanos-query', 'http', 9090])).toEqual([
      'http://thanos-query.b.svc:9090',
    ])
    expect(urls(['m', 'kube-prometheus-stack-prometheus', 'http-web', 9090])).toHaveLength(1)
  })

  it('reads Linkerd from its own server', () => {
    expect(urls(['linkerd-viz', 'prometheus', 'admin', 9090], ['m', 'prometheus-k8s', 'web', 9090])).toEqual([
      'http://prometheus-k8s.m.svc:9090 istio envoy felix servicegraph obi',
      'http://prometheus.linkerd-viz.svc:9090 linkerd',
    ])
  })
})
