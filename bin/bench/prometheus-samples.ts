import { createScrapeTarget } from '@/collectors/prometheus/scrape-target'
import { metricFamilies } from '@/collectors/prometheus/families'
import { createFamilySeries } from '@/collectors/prometheus/family-series'
import { createApiHeads } from '@/collectors/prometheus/api-heads'
import { createApiParser } from '@/collectors/prometheus/parse-json'
import { createScrapes } from '@/collectors/prometheus/targets'
import type { Bench, Measure } from './bench'

/** Metrics of Istio's proxies, from bytes to observations: pages of pods, and answers of a server's query API. */
export const bench: Bench = {
  name: 'prometheus-samples',
  title: 'Metrics: samples read and counted',
  run: () => Promise.resolve([pages(), answers()]),
}

const calls = 1_000
const rounds = 15
/** A collector runs for weeks; its first pages, which the compiler has not seen, are not what it costs. */
const warmUp = 10
const bounds = ['0.5', '1', '5', '10', '25', '50', '100', '250', '500', '1000', '2500', '5000', '10000', '+Inf']

/** Labels of one call of one proxy, as Istio's are; about 500 bytes. */
const labelsOf = (i: number): readonly (readonly [string, string])[] => [
  ['reporter', 'destination'],
  ['source_workload', `web-${i % 97}`],
  ['source_canonical_service', `web-${i % 97}`],
  ['source_canonical_revision', 'v1'],
  ['source_workload_namespace', 'shop'],
  ['source_principal', `spiffe://cluster.local/ns/shop/sa/web-${i % 97}`],
  ['source_cluster', 'Kubernetes'],
  ['destination_workload', 'cart'],
  ['destination_workload_namespace', 'shop'],
  ['destination_principal', 'spiffe://cluster.local/ns/shop/sa/cart'],
  ['destination_canonical_service', 'cart'],
  ['destination_canonical_revision', 'v1'],
  ['destination_service', 'cart.shop.svc.cluster.local'],
  ['destination_service_name', 'cart'],
  ['destination_service_namespace', 'shop'],
  ['destination_cluster', 'Kubernetes'],
  ['request_protocol', 'http'],
  ['response_code', `${200 + i}`],
  ['response_flags', '-'],
  ['connection_security_policy', 'mutual_tls'],
]

/** Every series with its value: a request counter and a histogram a call, a tenth of which grow from page to page. */
function* seriesOf(page: number): Generator<{ name: string; labels: (readonly [string, string])[]; value: number }> {
  const base = 'istio_request_duration_milliseconds'
  for (let i = 0; i < calls; i++) {
    const labels = [...labelsOf(i)]
    const n = 1_000 + (i % 10 === 0 ? page * 15 : 0)
    yield { name: 'istio_requests_total', labels, value: n }
    for (const [at, le] of bounds.entries())
      yield { name: `${base}_bucket`, labels: [...labels, ['le', le]], value: Math.min(n, at * 100 + page * 15) }
    yield { name: `${base}_sum`, labels, value: n * 9 }
    yield { name: `${base}_count`, labels, value: n }
  }
}

function textPage(page: number): Buffer {
  const text = (labels: readonly (readonly [string, string])[]) => labels.map(([a, b]) => `${a}="${b}"`).join(',')
  return Buffer.from([...seriesOf(page)].map((s) => `${s.name}{${text(s.labels)}} ${s.value}\n`).join(''))
}

function pages(): Measure {
  const family = metricFamilies.filter(({ id }) => id === 'istio')
  const readers = family.map((one) => one.create({ cluster: 'bench', nodes: () => [] }))
  const target = createScrapeTarget(family, 'bench')
  let told = 0
  const read = (page: Buffer, time: number) => {
    const reading = target.begin()
    for (const piece of pieces(page)) reading.push(piece)
    for (const { growth } of reading.finish(time).grown)
      told += readers[0]?.read(growth.samples, growth.histograms, null).length ?? 0
  }
  return measure('a page of a pod', 'splitting it into lines', textPage, read, (page) => {
    told += page.toString('utf8').split('\n').length
  })
}

const start = 1_700_000_000

function answer(page: number): Buffer {
  const result = [...seriesOf(page)].map(({ name, labels, value }) => ({
    metric: Object.fromEntries([['__name__', name], ['instance', 'a'], ['job', 'b'], ...labels]),
    values: [[start + page * 15, String(value)]],
  }))
  return Buffer.from(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }))
}

function answers(): Measure {
  const [family] = metricFamilies
  if (!family) throw new Error('There is no family of metrics.')
  const series = createFamilySeries(family, family.create({ cluster: 'bench', nodes: () => [] }), 0)
  const scrapes = createScrapes('bench')
  const heads = createApiHeads()
  let told = 0
  const read = (page: Buffer) => {
    const parser = createApiParser({ series: series.add, malformed: () => {} }, heads)
    for (const piece of pieces(page)) parser.push(piece)
    if (!parser.end()) throw new Error('The benchmark reads nothing.')
    told += series.take(0, scrapes).length
  }
  return measure('an answer of the query API', 'JSON.parse', answer, read, (page) => {
    told += Object.keys(JSON.parse(page.toString('utf8'))).length
  })
}

function* pieces(page: Buffer): Generator<Buffer> {
  for (let at = 0; at < page.length; at += 65_536) yield page.subarray(at, at + 65_536)
}

/** Samples a second of CPU. */
function measure(
  what: string,
  baseline: string,
  make: (page: number) => Buffer,
  read: (page: Buffer, time: number) => void,
  compare: (page: Buffer) => void,
): Measure {
  const own: number[] = []
  const other: number[] = []
  let size = 0
  for (let i = 0; i < warmUp + rounds; i++) {
    const page = make(i)
    size = page.length
    const time = clock(() => read(page, i * 15_000))
    const reference = clock(() => compare(page))
    if (i >= warmUp) {
      own.push(time)
      other.push(reference)
    }
  }
  const samples = calls * (bounds.length + 3)
  const rate = Math.round((samples / median(own)) * 1000)
  return {
    what: `${what}, ${Math.round(size / samples)} bytes a sample: per second of CPU`,
    value: rate,
    unit: 'samples/s',
    baseline: { what: baseline, value: Math.round((samples / median(other)) * 1000) },
    ...(what === 'a page of a pod' && { bar: { text: '≥ 400,000', met: rate >= 400_000 } }),
  }
}

function clock(work: () => void): number {
  const cpu = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(cpu)
  return (user + system) / 1000
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
