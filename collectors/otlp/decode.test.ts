import { describe, expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { hexSpanId, hexTraceId } from './span'
import { encodeRequest, requestOf } from './test-encode'

const resource = {
  'service.name': 'cart',
  'k8s.namespace.name': 'shop',
  'k8s.pod.name': 'cart-7d4b9c6b5f-x2x4z',
  'k8s.deployment.name': 'cart',
  'telemetry.sdk.language': 'go',
  'telemetry.sdk.version': '1.30.0',
}
const request = requestOf([
  resource,
  {
    id: 0x01020304050607,
    parent: 7,
    kind: 2,
    name: 'GET /cart',
    endMs: 1_700_000_000_123,
    ms: 12.345678,
    failed: true,
    links: [9, 10],
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 503,
      'tls.established': true,
      'server.port': 8080,
      'unheard.of': 'x',
      'client.address': 'héhé',
    },
  },
])

describe.each([
  ['protobuf', () => createDecoder(undefined)(encodeRequest(request), 100)],
  ['JSON', () => createJsonDecoder(undefined)(request, 100)],
])('%s', (_, decode) => {
  it('reads what Oriel needs of a span', () => {
    const [span] = decode()?.spans ?? []
    expect(span).toMatchObject({ kind: 'server', name: 'GET /cart', failed: true, duration: 12.345678 })
    expect(span?.time).toBeCloseTo(1_700_000_000_123, 3)
    expect(hexTraceId(span?.key ?? '')).toBe('1'.padStart(32, '0'))
    expect(hexSpanId(span?.parent ?? '')).toBe('7'.padStart(16, '0'))
    expect(span?.links.map(hexSpanId)).toEqual(['9'.padStart(16, '0'), 'a'.padStart(16, '0')])
    expect([...(span?.attributes ?? [])]).toEqual([
      ['http.request.method', 'GET'],
      ['http.response.status_code', 503],
      ['tls.established', true],
      ['server.port', 8080],
      ['client.address', 'héhé'],
    ])
    expect(span?.service).toEqual({
      ref: { namespace: 'shop', pod: 'cart-7d4b9c6b5f-x2x4z', workload: { kind: 'Deployment', name: 'cart' } },
      identity: '\0shop\0cart',
      name: 'cart',
      sdk: 'go 1.30.0',
    })
  })

  it('gives one object for one resource', () => {
    const both = [decode(), decode()].map((read) => read?.spans[0]?.service)
    expect(both[0]).toEqual(both[1])
  })
})

it('reads the same from protobuf and JSON', () => {
  expect(createDecoder('c9')(encodeRequest(request), 100)).toEqual(createJsonDecoder('c9')(request, 100))
})

it('keeps the Service of equal resources one object across requests', () => {
  const protobuf = createDecoder(undefined)
  const json = createJsonDecoder(undefined)
  const services = [1, 2].map(() => protobuf(encodeRequest(request), 9)?.spans[0]?.service)
  expect(services[0]).toBe(services[1])
  const fromJson = [1, 2].map(() => json(request, 9)?.spans[0]?.service)
  expect(fromJson[0]).toBe(fromJson[1])
})

it('finds the resource that stands behind its spans', () => {
  const [whole] = [encodeRequest(request)]
  const inner = whole.subarray(lengthBytes(whole))
  const resourceEnd = 2 + lengthOf(inner) - 1 + lengthBytes(inner) - 1
  const turned = Buffer.concat([
    whole.subarray(0, lengthBytes(whole)),
    inner.subarray(resourceEnd),
    inner.subarray(0, resourceEnd),
  ])
  expect(createDecoder(undefined)(turned, 9)).toEqual(createDecoder(undefined)(whole, 9))
})

/** Bytes of the tag and the length before the first field's content. */
const lengthBytes = (bytes: Buffer) => 1 + bytes.subarray(1).findIndex((byte) => byte < 0x80) + 1
const lengthOf = (bytes: Buffer) => {
  let value = 0
  for (let i = 1, scale = 1; i < lengthBytes(bytes); i++, scale *= 128) value += ((bytes[i] ?? 0) & 0x7f) * scale
  return value
}

it.each([
  ['no trace id', { traceId: '' }, 'a span has no trace id or span id'],
  ['a short trace id', { traceId: 'abcd' }, 'a span has no trace id or span id'],
  ['a span id of zeros', { spanId: '0'.repeat(16) }, 'a span has no trace id or span id'],
  ['no end', { endTimeUnixNano: '0' }, 'a span has no end time'],
])('rejects a span with %s, and it alone', (_, broken, reason) => {
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    startTimeUnixNano: '1',
    endTimeUnixNano: '1700000000000000000',
  }
  const json = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...broken }, span] }] }] }
  for (const read of [createDecoder(undefined)(encodeRequest(json), 9), createJsonDecoder(undefined)(json, 9)])
    expect(read).toMatchObject({ spans: [{ duration: expect.any(Number) }], rejected: 1, reason })
})

it('rejects spans past the bound of one request', () => {
  const many = requestOf([resource, ...Array.from({ length: 5 }, (_, i) => ({ id: i + 1, kind: 2 }))])
  for (const read of [createDecoder(undefined)(encodeRequest(many), 3), createJsonDecoder(undefined)(many, 3)]) {
    expect(read).toMatchObject({ rejected: 2, reason: 'more than 3 spans in one request' })
    expect(read?.spans.length).toBe(3)
  }
})

it.each([[null], [[]], ['x'], [5], [{ resourceSpans: 'x' }], [{ resourceSpans: [1] }], [{ hello: 1 }]])(
  'turns down %j as JSON',
  (document) => expect(createJsonDecoder(undefined)(document, 9)).toBeNull(),
)

it('takes an empty request', () => {
  expect(createDecoder(undefined)(Buffer.alloc(0), 9)).toEqual({ spans: [], rejected: 0, reason: '' })
  expect(createJsonDecoder(undefined)({}, 9)).toEqual({ spans: [], rejected: 0, reason: '' })
})
