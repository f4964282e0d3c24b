import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base'
import { afterEach, expect, it } from 'vitest'
import { type Reading, observed, readOtlp } from './test-reading'
import { lineOf } from './test-spans'

/** OpenTelemetry's own SDK sends; gzip is `CompressionAlgorithm.GZIP`, whose enum is in a package below. */
const gzip = { compression: 'gzip' as never }
const exporters: readonly (readonly [string, (grpc: string, http: string) => SpanExporter])[] = [
  ['gRPC', (grpc) => new GrpcExporter({ url: grpc })],
  ['gRPC with gzip', (grpc) => new GrpcExporter({ url: grpc, ...gzip })],
  ['HTTP protobuf', (_, http) => new ProtobufExporter({ url: http })],
  ['HTTP protobuf with gzip', (_, http) => new ProtobufExporter({ url: http, ...gzip })],
  ['HTTP JSON', (_, http) => new JsonExporter({ url: http })],
  ['HTTP JSON with gzip', (_, http) => new JsonExporter({ url: http, ...gzip })],
]

let reading: Reading | undefined
afterEach(() => reading?.stop())

const serviceOf = (name: string, exporter: SpanExporter) =>
  new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': name,
      'k8s.namespace.name': 'shop',
      'k8s.deployment.name': name,
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.version': '2.0.0',
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })

it.each(exporters)('the SDK’s %s exporter', async (_, exporterOf) => {
  reading = readOtlp()
  const [grpc, http] = await reading.ports()
  const exporter = () => exporterOf(`http://127.0.0.1:${grpc}`, `http://127.0.0.1:${http}/v1/traces`)
  const web = serviceOf('web', exporter())
  const cart = serviceOf('cart', exporter())

  const start = Date.now() - 1_000
  const call = web
    .getTracer('t')
    .startSpan(
      'GET',
      { kind: SpanKind.CLIENT, startTime: start, attributes: { 'http.request.method': 'GET', 'server.port': 8080 } },
      ROOT_CONTEXT,
    )
  const inCall: Context = trace.setSpan(ROOT_CONTEXT, call)
  const attributes = { 'http.request.method': 'GET', 'http.response.status_code': 503, 'http.route': '/cart' }
  const served = cart
    .getTracer('t')
    .startSpan('GET /cart', { kind: SpanKind.SERVER, startTime: start + 5, attributes }, inCall)
  served.setStatus({ code: SpanStatusCode.ERROR })
  served.end(start + 25)
  call.setAttribute('http.response.status_code', 503)
  call.end(start + 40)
  await Promise.all([web.forceFlush(), cart.forceFlush()])

  await expect.poll(() => reading && observed(reading).length, { timeout: 10_000, interval: 5 }).toBe(2)
  const calls = observed(reading).flatMap((o) => (o.type === 'request' ? [o] : []))
  expect(calls.map(lineOf).sort()).toEqual([
    'shop/web -> shop/cart:8080 destination',
    'shop/web -> shop/cart:8080 source',
  ])
  const destination = calls.find(({ reporter }) => reporter === 'destination')
  expect(destination).toMatchObject({ l7: 'http', serverErrors: 1, cluster: 'c1', verdict: 'unknown' })
  expect(destination?.latency).toBeCloseTo(20, 3)
  expect(destination?.time).toBeCloseTo(start + 25, 3)
  const record = destination?.record?.()
  expect(record).toMatchObject({ summary: 'GET /cart', status: 503 })
  expect(JSON.parse(record?.detail ?? '')).toMatchObject({
    trace_id: served.spanContext().traceId,
    span_id: served.spanContext().spanId,
    parent_span_id: call.spanContext().spanId,
  })
  expect(reading.batches.every(({ malformed }) => malformed === 0)).toBe(true)
  await Promise.all([web.shutdown(), cart.shutdown()])
})
