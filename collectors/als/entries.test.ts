import type { FlowObservation } from '@/core/observation'
import { describe, expect, it } from 'vitest'
import { decode, one, without } from './test-decode'
import { duration, socket } from './test-encode'
import { cartNode, http, inbound, outbound, request, tcp, timeMs, waypointNode, webNode } from './test-samples'

const cart = { namespace: 'shop', pod: 'cart-6f9c8d7b5-x2v4q', workload: { kind: 'Deployment', name: 'cart' } }

describe('requests', () => {
  const grpc = { request_method: 3, path: '/shop.Cart/Add', user_agent: 'grpc-go/1.70.0', authority: 'cart' }
  const cases: readonly [what: string, entry: object, expected: object][] = [
    ['200', {}, { l7: 'http', requests: 1, responses: 1, clientErrors: 0, serverErrors: 0, latency: 11.5 }],
    ['404', { response: { response_code: { value: 404 } } }, { clientErrors: 1, serverErrors: 0 }],
    ['503', { response: { response_code: { value: 503 } } }, { clientErrors: 0, serverErrors: 1 }],
    [
      'no response',
      { response: {} },
      { requests: 1, responses: 0, clientErrors: 0, serverErrors: 0, latency: undefined },
    ],
    ['an upgraded connection', { response: { response_code: { value: 101 } } }, { responses: 1, latency: undefined }],
    ['gRPC by its client', { protocol_version: 3, request: grpc }, { l7: 'grpc', serverErrors: 0 }],
    [
      'HTTP/2 with such a path alone',
      { protocol_version: 3, request: { ...grpc, user_agent: 'curl/8' } },
      { l7: 'http' },
    ],
    [
      'gRPC by content type with a status',
      {
        request: { ...grpc, user_agent: '', request_headers: { 'content-type': 'application/grpc+proto' } },
        response: { response_code: { value: 200 }, response_trailers: { 'grpc-status': '14' } },
      },
      { l7: 'grpc', serverErrors: 1, clientErrors: 0 },
    ],
    [
      'gRPC blamed on the caller',
      { response: { response_code: { value: 200 }, response_headers: { 'grpc-status': '5' } } },
      { l7: 'grpc', serverErrors: 0, clientErrors: 1 },
    ],
  ]
  it.each(cases)('%s', (_, entry, expected) => {
    expect(one(http(cartNode, inbound, entry))).toMatchObject({ type: 'request', counts: true, ...expected })
  })

  it('are of the moment when they ended', () => {
    expect(one(http(cartNode, inbound)).time).toBe(timeMs + 12)
  })

  it('are not counted for a tunnel, whose inside has entries of its own', () => {
    const common = {
      ...inbound,
      downstream_local_address: socket('10.0.0.9', 15008),
      upstream_cluster: 'main_internal',
    }
    expect(
      one(http(waypointNode, common, { request: { request_method: 6, authority: '10.0.0.7:8000' } })),
    ).toMatchObject({
      counts: false,
      port: 15008,
      to: { pod: 'waypoint-55d9c8f7b-zz4kp' },
    })
  })
})

describe('connections', () => {
  const ended = { ...outbound, access_log_type: 3, duration: duration(7_000) }

  it('carry bytes by the caller’s direction, spread over their time', () => {
    expect(one(tcp(webNode, ended, { received_bytes: 100, sent_bytes: 9_000 }))).toMatchObject({
      type: 'flow',
      time: timeMs,
      spanMs: 7_000,
      flows: 1,
      connections: 1,
      bytesSent: 100,
      bytesReceived: 9_000,
    })
  })

  it('take bytes on the wire where there are no others, and say nothing where there are none', () => {
    const wire = { ...ended, downstream_wire_bytes_received: 7, downstream_wire_bytes_sent: 8 }
    expect(one(tcp(webNode, wire, undefined))).toMatchObject({ bytesSent: 7, bytesReceived: 8 })
    const silent = one(tcp(webNode, ended, undefined))
    expect([silent.bytesSent, silent.bytesReceived]).toEqual([undefined, undefined])
  })

  it('count whole seconds that add up over many short ones', () => {
    const short = { ...ended, duration: duration(250) }
    const messages = Array.from({ length: 2_000 }, (_, i) => tcp(webNode, { ...short, stream_id: `c-${i}` }, {}))
    const seconds = decode(...messages).observations.map((o) => (o as FlowObservation).connectionSeconds ?? Number.NaN)
    expect(seconds.every(Number.isInteger)).toBe(true)
    expect(Math.abs(seconds.reduce((a, b) => a + b, 0) - 500)).toBeLessThan(100)
  })

  it('tell of one that lasted longer than an hour in its last hour', () => {
    const long = one(tcp(webNode, { ...ended, duration: duration(7_200_000) }, {}))
    expect(long).toMatchObject({ time: timeMs + 3_600_000, spanMs: 3_600_000 })
    expect(Math.floor(long.connectionSeconds ?? 0)).toBeGreaterThanOrEqual(7_200)
  })
})

describe('entries', () => {
  it.each([
    [0, 1],
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 0],
    [5, 0],
    [6, 1],
    [7, 0],
    [9, 0],
    [13, 1],
  ])('of access log type %i count %i times', (access_log_type, expected) => {
    const { observations, intermediate } = decode(http(cartNode, { ...inbound, access_log_type }))
    expect(observations).toHaveLength(expected)
    expect(intermediate).toBe(1 - expected)
  })

  it('that old Envoy marks as intermediate are left out', () => {
    expect(decode(http(cartNode, { ...inbound, access_log_type: 0, intermediate_log_entry: true }))).toMatchObject({
      observations: [],
      intermediate: 1,
    })
  })

  it('after the first message belong to the proxy that this named', () => {
    const { observations } = decode(http(cartNode, inbound), http(null, { ...inbound, stream_id: 'b' }))
    expect(observations[1]).toMatchObject({ reporter: 'destination', to: cart })
  })

  it('have keys that a replay gives again, and that differ by proxy, side and stream', () => {
    const keys = [
      http(cartNode, inbound),
      http(webNode, inbound),
      http(cartNode, { ...inbound, stream_id: 'other' }),
      http(cartNode, without(inbound, 'stream_id')),
      http(cartNode, { ...without(inbound, 'stream_id'), duration: duration(13) }),
    ].map((message) => one(message).key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(one(http(cartNode, inbound)).key).toBe(keys[0])
  })

  it('without a time are malformed, and do not spoil the others', () => {
    const entries = [without(inbound, 'start_time'), inbound].map((common_properties) => ({
      common_properties,
      request,
    }))
    const message = { identifier: { node: cartNode }, http_logs: { log_entry: entries } }
    expect(decode(message)).toMatchObject({ malformed: 1, observations: [{ type: 'request' }] })
  })
})
