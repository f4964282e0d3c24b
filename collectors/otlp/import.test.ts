import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import type { RequestObservation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { readOtlpFile, readZipkinFile } from './import'
import { requestOf } from './test-encode'
import { linesOf } from './test-spans'

const chunksOf = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

async function readAll(read: typeof readOtlpFile, bytes: Buffer | string, chunk = 100) {
  const batches: FileBatch[] = []
  const stream = Readable.from(chunksOf(Buffer.from(bytes), chunk))
  for await (const batch of read(stream, { cluster: 'c1' })) batches.push(batch)
  const skipped = new Map<string, number>()
  for (const [reason, n] of batches.flatMap((batch) => Object.entries(batch.skipped)))
    skipped.set(reason, (skipped.get(reason) ?? 0) + n)
  const observations = batches.flatMap((batch) => batch.observations)
  return {
    calls: observations.filter((o): o is RequestObservation => o.type === 'request'),
    lines: batches.reduce((sum, { lines }) => sum + lines, 0),
    used: batches.reduce((sum, { used }) => sum + used, 0),
    skipped: Object.fromEntries(skipped),
  }
}

const client = requestOf([{ 'service.name': 'web' }, { id: 1, kind: 3, name: 'a "quoted" { name' }])
const server = requestOf([{ 'service.name': 'cart' }, { id: 2, parent: 1, kind: 2 }])
const call = ['web -> cart destination', 'web -> cart source']

describe('files of the Collector', () => {
  const lines = `${JSON.stringify(client)}\n${JSON.stringify(server)}\n`
  it.each<[string, Buffer | string]>([
    ['lines', lines],
    ['lines in gzip', gzipSync(lines)],
    [
      'one document, laid out',
      JSON.stringify({ resourceSpans: [...client.resourceSpans, ...server.resourceSpans] }, null, 2),
    ],
    ['an array of documents', JSON.stringify([client, server])],
  ])('%s', async (_, bytes) => {
    for (const chunk of [1, 7, 100_000]) {
      const { calls, ...counts } = await readAll(readOtlpFile, bytes, chunk)
      expect(linesOf(calls)).toEqual(call)
      expect(counts).toEqual({ lines: 2, used: 2, skipped: {} })
    }
  })

  it('count what cannot be read by reason, and go on behind it', async () => {
    const bad = [
      '{"resourceSpans": [tru',
      '{"hello":1}',
      '{"broken',
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [5] }] }] }),
    ]
    const { calls, ...counts } = await readAll(readOtlpFile, `${bad[1]}\n${bad[2]}\n${bad[3]}\n${lines}${bad[0]}`)
    expect(linesOf(calls)).toEqual(call)
    expect(counts).toEqual({
      lines: 6,
      used: 2,
      skipped: { 'not an OTLP trace export': 1, 'not a JSON object': 2, 'a span is not an object': 1 },
    })
  })

  it('a gzip that breaks off gives what came before', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      JSON.stringify(
        requestOf([
          { 'service.name': `s${i % 7}` },
          { id: i * 7_919 + 1, kind: 2, endMs: 1_700_000_000_000 + i * 977 },
        ]),
      ),
    ).join('\n')
    const bytes = gzipSync(many)
    const { calls, skipped } = await readAll(readOtlpFile, bytes.subarray(0, bytes.length / 2), 65_536)
    expect(calls.length).toBeGreaterThan(500)
    expect(skipped['the gzip breaks off or is damaged']).toBe(1)
  })

  it('the same file gives the same keys', async () => {
    const keys = async () => (await readAll(readOtlpFile, lines)).calls.map((o) => o.key)
    expect(await keys()).toEqual(await keys())
  })
})

const zipkin = (id: string, kind: string, service: string, more: object = {}) => ({
  traceId: '463ac35c9f6413ad',
  id,
  kind,
  name: 'get /',
  timestamp: 1_700_000_000_000_000,
  duration: 5_000,
  localEndpoint: { serviceName: service },
  ...more,
})

describe('files of Zipkin', () => {
  const separate = [zipkin('a', 'CLIENT', 'web'), zipkin('b', 'SERVER', 'cart', { parentId: 'a' })]
  const shared = [zipkin('a', 'CLIENT', 'web'), zipkin('a', 'SERVER', 'cart', { shared: true })]

  it.each<[string, string]>([
    ['one trace', JSON.stringify(separate)],
    ['an array of traces', JSON.stringify([[separate[0]], [separate[1]]])],
    ['lines of arrays', separate.map((span) => JSON.stringify([span])).join('\n')],
    ['client and server under one id', JSON.stringify(shared)],
    ['the same, the server first', JSON.stringify(shared.toReversed())],
  ])('%s', async (_, text) => {
    const { calls, ...counts } = await readAll(readZipkinFile, text)
    expect(linesOf(calls)).toEqual(call)
    expect(calls[0]).toMatchObject({ latency: 5, time: 1_700_000_000_005 })
    expect(counts).toEqual({ lines: 2, used: 2, skipped: {} })
  })

  it('name what sends no spans by the remote endpoint, and read Zipkin’s own tags', async () => {
    const text = JSON.stringify([
      zipkin('a', 'CLIENT', 'web', {
        remoteEndpoint: { serviceName: 'mysql', ipv4: '10.0.0.9', port: 3306 },
        tags: { error: 'timeout' },
      }),
      zipkin('b', 'SERVER', 'web', {
        remoteEndpoint: { ipv4: '10.0.0.3' },
        tags: { 'http.path': '/a', 'http.method': 'GET', 'http.status_code': '404' },
      }),
      zipkin('c', 'PRODUCER', 'web', { tags: { 'kafka.topic': 'orders' } }),
    ])
    const { calls } = await readAll(readZipkinFile, text)
    expect(linesOf(calls)).toEqual([
      'unknown 10.0.0.3 -> web destination',
      'web -> kafka:orders source',
      'web -> mysql:3306 source',
    ])
    const [served] = calls.filter((o) => o.reporter === 'destination')
    expect(served).toMatchObject({ l7: 'http', clientErrors: 1, serverErrors: 0 })
    expect(served?.record?.()).toMatchObject({ summary: 'GET /a', status: 404 })
    expect(calls.find((o) => o.port === 3306)).toMatchObject({ serverErrors: 1, verdict: 'error' })
  })

  it('count spans that are none', async () => {
    const text = JSON.stringify([
      { hello: 1 },
      { traceId: 'x', id: 'y', timestamp: 1 },
      zipkin('a', 'SERVER', 'web', { timestamp: 0 }),
    ])
    expect((await readAll(readZipkinFile, text)).skipped).toEqual({
      'not a Zipkin v2 span': 1,
      'no trace id or span id': 1,
      'no timestamp': 1,
    })
  })
})

const golden = join(process.env.ORIEL_SHARED ?? '../shared', 'data/otel')

describe.skipIf(!existsSync(golden))(
  'a golden of the service graph connector (skipped: no ../shared/data/otel)',
  () => {
    it('gives the edge that the connector gives', async () => {
      const read = (name: string) => readFileSync(join(golden, `extra-dimensions-queue-db-${name}`), 'utf8')
      const { calls } = await readAll(readOtlpFile, JSON.stringify(parse(read('trace.yaml'))))
      const { edges } = JSON.parse(read('expected.json')) as {
        edges: {
          client: string
          server: string
          request_total: number
          server_seconds: { sum: number }
          client_seconds: { sum: number }
        }[]
      }
      const of = (reporter: string) => calls.filter((o) => o.reporter === reporter)
      expect(linesOf(calls)).toEqual(
        edges.flatMap(({ client, server }) => [`${client} -> ${server} destination`, `${client} -> ${server} source`]),
      )
      expect(of('destination').length).toBe(edges[0]?.request_total)
      expect(of('destination')[0]?.latency).toBeCloseTo((edges[0]?.server_seconds.sum ?? 0) * 1000, 9)
      expect(of('source')[0]?.latency).toBeCloseTo((edges[0]?.client_seconds.sum ?? 0) * 1000, 9)
      expect(JSON.parse(of('source')[0]?.record?.().shape ?? '')).toMatchObject({ 'messaging.system': 'kafka' })
      expect(JSON.parse(of('destination')[0]?.record?.().shape ?? '')).toMatchObject({ 'db.system': 'postgresql' })
    })
  },
)
