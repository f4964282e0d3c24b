import { describe, expect, it } from 'vitest'
import { encryptionOf, outcomeOf, protocolOf } from './outcome'
import { buildRecord } from './record'
import { spansOf } from './test-spans'
import type { TestSpan } from './test-encode'

const spanOf = (span: Omit<TestSpan, 'id'>) => {
  const [made] = spansOf([{ 'service.name': 'web' }, { id: 1, ...span }])
  if (!made) throw new Error('A span is made.')
  return made
}
const [server, client] = [2, 3]

it.each<[string, Omit<TestSpan, 'id'>, object]>([
  ['HTTP, new names', { attributes: { 'http.response.status_code': 200 } }, { l7: 'http', status: 200, blame: null }],
  ['HTTP, old names', { attributes: { 'http.status_code': 404 } }, { l7: 'http', status: 404, blame: 'caller' }],
  ['HTTP, a status as text', { attributes: { 'http.status_code': '502' } }, { status: 502, blame: 'callee' }],
  ['HTTP that failed with a good status', { failed: true, attributes: { 'http.status_code': 200 } }, { blame: null }],
  [
    'HTTP without a status',
    { kind: client, failed: true, attributes: { 'http.method': 'GET', 'error.type': 'ECONNREFUSED' } },
    { l7: 'http', status: undefined, blame: 'callee', answered: false, reason: 'ECONNREFUSED' },
  ],
  [
    'gRPC, a number',
    { attributes: { 'rpc.system': 'grpc', 'rpc.grpc.status_code': 14 } },
    { l7: 'grpc', status: 14, blame: 'callee' },
  ],
  [
    'gRPC, a name',
    { attributes: { 'rpc.system.name': 'grpc', 'rpc.response.status_code': 'NOT_FOUND' } },
    { l7: 'grpc', status: 5, blame: 'caller' },
  ],
  [
    'gRPC that went well',
    { attributes: { 'rpc.system': 'grpc', 'rpc.grpc.status_code': 0 } },
    { status: 0, blame: null },
  ],
  [
    'gRPC with an HTTP status beside',
    { attributes: { 'rpc.system': 'grpc', 'rpc.grpc.status_code': 13, 'http.status_code': 200 } },
    { status: 13 },
  ],
  [
    'an unknown gRPC code',
    { failed: true, attributes: { 'rpc.system': 'grpc', 'rpc.status_code': 'NO_IDEA' } },
    { status: undefined, blame: 'callee' },
  ],
  ['Kafka', { attributes: { 'messaging.system': 'kafka' } }, { l7: 'kafka', blame: null }],
  ['another queue', { attributes: { 'messaging.system': 'rabbitmq' } }, { l7: 'unknown' }],
  ['DNS', { attributes: { 'dns.question.name': 'x.com' } }, { l7: 'dns' }],
  ['nothing known, failed', { kind: server, failed: true }, { l7: 'unknown', blame: 'callee', answered: true }],
])('%s', (_, span, outcome) => expect(outcomeOf(spanOf(span))).toMatchObject(outcome))

describe('encryption', () => {
  it.each<[string, Omit<TestSpan, 'id'>, string]>([
    ['a client’s https', { kind: client, attributes: { 'url.scheme': 'https' } }, 'tls'],
    ['a client’s URL', { kind: client, attributes: { 'http.url': 'https://x.com/' } }, 'tls'],
    ['established TLS', { kind: server, attributes: { 'tls.established': true } }, 'tls'],
    [
      'a server’s scheme, which a proxy may have told it',
      { kind: server, attributes: { 'url.scheme': 'https' } },
      'unknown',
    ],
    ['plain http, which a mesh may encrypt', { kind: client, attributes: { 'url.scheme': 'http' } }, 'unknown'],
    ['nothing', { kind: client }, 'unknown'],
  ])('%s', (_, span, evidence) => expect(encryptionOf(spanOf(span))).toBe(evidence))
})

it.each<[Record<string, string>, string]>([
  [{}, 'tcp'],
  [{ 'network.transport': 'udp' }, 'udp'],
  [{ 'net.transport': 'ip_tcp' }, 'tcp'],
  [{ 'network.transport': 'quic' }, 'udp'],
  [{ 'dns.question.name': 'x.com' }, 'udp'],
])('%j goes over %s', (attributes, protocol) => expect(protocolOf(spanOf({ attributes }).attributes)).toBe(protocol))

describe('records', () => {
  it('keep what many spans share apart from what is a span’s own, without secrets', () => {
    const record = buildRecord(
      spanOf({
        kind: client,
        parent: 9,
        name: 'GET',
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/cart/{id}',
          'url.full': 'https://user:pass@x.com/cart/1?api_key=abc&a=b',
          'network.peer.address': '10.0.0.7',
        },
      }),
      200,
    )
    expect(JSON.parse(record.shape)).toEqual({
      kind: 'client',
      name: 'GET',
      service: 'web',
      'http.request.method': 'GET',
      'http.route': '/cart/{id}',
    })
    expect(JSON.parse(record.detail)).toEqual({
      trace_id: '1'.padStart(32, '0'),
      span_id: '1'.padStart(16, '0'),
      parent_span_id: '9'.padStart(16, '0'),
      'url.full': 'https://x.com/cart/1?api_key=[cut]&a=b',
      'network.peer.address': '10.0.0.7',
    })
    expect(Object.keys(JSON.parse(record.shape))).toEqual(Object.keys(JSON.parse(record.shape)).sort())
    expect(record).toMatchObject({ status: 200, summary: 'GET /cart/{id}', sourcePort: 0 })
  })

  it('keep a name that holds an id as the span’s own', () => {
    const { shape, detail } = buildRecord(spanOf({ name: 'load user 12345' }), undefined)
    expect(JSON.parse(shape)).toEqual({ kind: 'unspecified', service: 'web' })
    expect(JSON.parse(detail)).toMatchObject({ name: 'load user 12345' })
  })

  it.each<[Record<string, string>, string]>([
    [{ 'http.method': 'POST', 'http.url': 'http://x.com/a?token=1' }, 'POST /a?token=[cut]'],
    [{ 'rpc.service': 'shop.Cart', 'rpc.method': 'Get' }, 'shop.Cart/Get'],
    [{ 'db.operation.name': 'SELECT', 'db.collection.name': 'orders' }, 'SELECT orders'],
    [{ 'messaging.operation.type': 'send', 'messaging.destination.name': 'orders' }, 'send orders'],
    [{}, 'op'],
  ])('%j is summed up as %s', (attributes, summary) =>
    expect(buildRecord(spanOf({ attributes }), undefined).summary).toBe(summary),
  )
})
