import { createServer } from 'node:http'
import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js'
import protobuf from 'protobufjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listen } from '../listen'
import { minute, start, sumBy, virtualWorld } from '../test-world'
import type { CallMade } from '../traffic/made'
import { sendSpans } from './send'
import { instrumentedOf } from './services'
import { createSpans } from './spans'

const schema = `
syntax = "proto3";
message Value { oneof value { string s = 1; bool b = 2; int64 i = 3; double d = 4; } }
message KeyValue { string key = 1; Value value = 2; }
message Resource { repeated KeyValue attributes = 1; }
message Status { string message = 2; int32 code = 3; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start = 7; fixed64 end = 8; repeated KeyValue attributes = 9; Status status = 15; fixed32 flags = 16;
}
message Scope { string name = 1; }
message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Request { repeated ResourceSpans resource_spans = 1; }
`
const type = protobuf.parse(schema, { keepCase: true }).root.lookupType('Request')
type Attributes = Record<string, string | number | boolean>
type Span = {
  service: Attributes
  trace: string
  id: string
  parent: string
  kind: number
  start: number
  end: number
  attributes: Attributes
  isError: boolean
}
type KeyValues = { key: string; value: Record<string, string | number | boolean> }[]
const flat = (pairs: KeyValues): Attributes =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0] ?? '']))
type Raw = {
  resource: { attributes: KeyValues }
  scope_spans: { spans: Record<string, unknown>[] }[]
}
const read = (data: Uint8Array): Span[] =>
  (
    type.toObject(type.decode(data), { longs: Number, bytes: String, arrays: true }) as { resource_spans: Raw[] }
  ).resource_spans.flatMap(({ resource, scope_spans: scopes }) =>
    scopes.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: flat(resource.attributes),
        trace: String(span['trace_id']),
        id: String(span['span_id']),
        parent: String(span['parent_span_id'] ?? ''),
        kind: Number(span['kind']),
        start: Number(span['start']),
        end: Number(span['end']),
        attributes: flat(span['attributes'] as KeyValues),
        isError: (span['status'] as { code?: number } | undefined)?.code === 2,
      })),
    ),
  )

const requests: Buffer[] = []
let announced = 0
const world = virtualWorld((cluster) => [
  createSpans(cluster.company.cluster, (data, n) => {
    requests.push(data)
    announced += n
  }),
])
world.engine.advance(start + 2 * minute)
const spans = requests.flatMap(read)
const byId = new Map(spans.map((span) => [span.id, span]))
const requestsMade = world.calls.filter(
  (c) => (c.protocol === 'http' || c.protocol === 'grpc') && c.to.workload?.spec.name !== 'otel-collector',
)
const one = () => 1
const nameOf = (end: CallMade['from']) => end.workload?.spec.name ?? end.outside

describe('spans', () => {
  test('come once each, in requests of a second', () => {
    expect(spans).toHaveLength(announced)
    expect(byId.size).toBe(spans.length)
    expect(requests).toHaveLength(120)
  })

  test('of callers and callees are as many as the instrumented workloads’ calls', () => {
    const of = (kind: number) =>
      sumBy(
        spans.filter(
          (span) => span.kind === kind && !span.attributes['db.system'] && !span.attributes['db.system.name'],
        ),
        (span) => String(span.service['service.name']),
        one,
      )
    const expected = (side: 'from' | 'to') =>
      sumBy(
        requestsMade,
        (c) => (instrumentedOf(c[side].workload) && (side === 'from' || !c.denied) ? nameOf(c[side]) : null),
        one,
      )
    expect(of(3)).toEqual(expected('from'))
    expect(of(2)).toEqual(expected('to'))
  })

  test('pair: the callee’s is a child of the caller’s, later and within it', () => {
    const pairs = spans.flatMap((span) =>
      span.kind === 2 && byId.get(span.parent) ? [[byId.get(span.parent), span]] : [],
    )
    expect(pairs.length).toBeGreaterThan(1000)
    for (const [client, server] of pairs)
      if (client && server) {
        expect([client.trace, client.kind]).toEqual([server.trace, 3])
        expect(server.start > client.start && server.end < client.end).toBe(true)
      }
  })

  test('failed where the call failed', () => {
    const failed = requestsMade.filter((c) => c.failed && !c.denied && instrumentedOf(c.to.workload))
    const errors = spans.filter((span) => span.kind === 2 && span.isError)
    expect(errors.map(({ id }) => Buffer.from(id, 'base64').toString('hex')).sort()).toEqual(
      failed.map(({ serverSpanId }) => serverSpanId).sort(),
    )
  })

  test('name databases, topics and outside parties in old words and new', () => {
    const some = (service: string, kind: number, key: string) =>
      spans.find((s) => s.service['service.name'] === service && s.kind === kind && key in s.attributes)?.attributes
    expect(some('orders', 3, 'db.system')).toMatchObject({ 'db.system': 'postgresql', 'net.peer.port': 5432 })
    expect(some('cart', 3, 'db.system.name')).toMatchObject({ 'db.system.name': 'redis', 'server.port': 6379 })
    expect(some('payments', 3, 'url.full')).toMatchObject({
      'server.address': 'api.cardnet.example',
      'server.port': 443,
    })
    expect(some('fulfilment', 3, 'rpc.grpc.status_code')).toMatchObject({ 'rpc.system': 'grpc' })
    const consumer = spans.find((s) => s.service['service.name'] === 'fulfilment' && s.kind === 5 && s.parent)
    expect(byId.get(consumer?.parent ?? '')).toMatchObject({ kind: 4, service: { 'service.name': 'orders' } })
    expect(consumer?.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders.placed',
    })
  })
})

describe('sending', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  const [first = Buffer.alloc(0)] = requests

  test('by HTTP goes on when a receiver that was not there comes', async () => {
    const taken: Buffer[] = []
    const receiver = () =>
      createServer((request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => void chunks.push(chunk))
        request.on('end', () => {
          taken.push(Buffer.concat(chunks))
          response.writeHead(taken.length === 1 ? 503 : request.url === '/v1/traces' ? 200 : 404).end()
        })
      })
    const before = await listen(receiver(), 0)
    await before.close()
    const delivery = sendSpans(`http://127.0.0.1:${before.port}`)
    ends.push(() => delivery.stop())
    delivery.push(first, 7)
    const server = await listen(receiver(), before.port)
    ends.push(() => server.close())
    await vi.waitFor(() => expect(delivery.counts).toEqual({ sent: 7, dropped: 0 }), { timeout: 20_000 })
    expect(read(taken[1] ?? Buffer.alloc(0))).toHaveLength(read(first).length)
  })

  test('by gRPC is taken, and what nobody takes is dropped and counted', async () => {
    const taken: Buffer[] = []
    const raw = (data: Buffer) => data
    const service: ServiceDefinition = {
      Export: {
        path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        requestStream: false,
        responseStream: false,
        requestSerialize: raw,
        requestDeserialize: raw,
        responseSerialize: raw,
        responseDeserialize: raw,
      },
    }
    const server = new Server()
    server.addService(service, {
      Export: (call: { request: Buffer }, done: (error: null, data: Buffer) => void) => {
        taken.push(call.request)
        done(null, Buffer.alloc(0))
      },
    })
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    )
    ends.push(() => server.forceShutdown())
    const delivery = sendSpans(`127.0.0.1:${port}`)
    ends.push(() => delivery.stop())
    delivery.push(first, 3)
    await vi.waitFor(() => expect(delivery.counts.sent).toBe(3), { timeout: 20_000 })
    expect(read(taken[0] ?? Buffer.alloc(0))).toHaveLength(read(first).length)
    const nobody = sendSpans('127.0.0.1:1')
    ends.push(() => nobody.stop())
    for (let i = 0; i < 70; i++) nobody.push(first, 1)
    expect(nobody.counts.dropped).toBe(6)
  })
})
