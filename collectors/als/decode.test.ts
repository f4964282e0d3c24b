import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FlowObservation, RequestObservation } from '@/core/observation'
import { type Decoded, createDecoder, newIdentity } from './decode'
import { anyBytes, anyStruct, duration, encodeAs, encodeMessage, socket, structOf } from './test-encode'
import {
  cartNode,
  cartPeer,
  gatewayNode,
  http,
  inbound,
  mutualTls,
  nodeOf,
  outbound,
  request,
  tcp,
  time,
  timeMs,
  waypointNode,
  webNode,
  webPeer,
} from './test-samples'

function decode(...messages: object[]): Decoded {
  const decoder = createDecoder('c1')
  const identity = newIdentity()
  const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
  for (const message of messages) decoder.decode(encodeMessage(message), identity, into)
  return into
}

const one = (message: object) => {
  const { observations, malformed } = decode(message)
  expect(malformed).toBe(0)
  expect(observations).toHaveLength(1)
  return observations[0] as RequestObservation & FlowObservation
}
const without = (object: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

const web = { namespace: 'shop', pod: 'web-7d4b9c5f6-q8zkl', workload: { kind: 'Deployment', name: 'web' } }
const cart = { namespace: 'shop', pod: 'cart-6f9c8d7b5-x2v4q', workload: { kind: 'Deployment', name: 'cart' } }
const cartService = { namespace: 'shop', name: 'cart' }

describe('who called whom', () => {
  it('is told by the sidecar of the callee', () => {
    expect(one(http(cartNode, inbound))).toMatchObject({
      reporter: 'destination',
      from: web,
      to: cart,
      fromIp: '10.0.0.5',
      toIp: '10.0.0.7',
      port: 8000,
      cluster: 'c1',
      protocol: 'tcp',
    })
  })

  it('is told by the sidecar of the caller, with the Service and the port of the pod', () => {
    expect(one(http(webNode, outbound))).toMatchObject({
      reporter: 'source',
      from: web,
      to: { ...cart, service: cartService },
      fromIp: '10.0.0.5',
      toIp: '10.0.0.7',
      port: 8000,
    })
  })

  const ends: readonly [what: string, node: object, common: object, more: object, expected: object][] = [
    [
      'a gateway calls what is behind it',
      gatewayNode,
      { ...outbound, downstream_direct_remote_address: socket('198.51.100.9', 3333) },
      {},
      { reporter: 'source', fromIp: '10.0.0.2', from: { pod: 'ingress-5c6d7f8b9-kk2zl' }, to: cart },
    ],
    [
      'what a gateway itself refuses is a call to the gateway',
      gatewayNode,
      {
        start_time: time,
        downstream_direct_remote_address: socket('198.51.100.9', 3333),
        downstream_local_address: socket('10.0.0.2', 8443),
        tls_properties: { tls_version: 4 },
        response_flags: { no_route_found: true },
      },
      { response: { response_code: { value: 404 } } },
      {
        reporter: 'destination',
        fromIp: '198.51.100.9',
        from: {},
        to: { pod: 'ingress-5c6d7f8b9-kk2zl' },
        port: 8443,
        verdict: 'error',
        reason: 'NR',
        encryption: 'tls',
      },
    ],
    [
      'a waypoint speaks of both sides',
      waypointNode,
      {
        ...without(inbound, 'tls_properties'),
        upstream_cluster: 'inbound-vip|80|http|cart.shop.svc.cluster.local',
        upstream_remote_address: {
          envoy_internal_address: { server_listener_name: 'connect_originate', endpoint_id: '10.0.0.7:8000' },
        },
        downstream_local_address: socket('10.96.0.40', 80),
        filter_state_objects: { downstream_peer: webPeer, upstream_peer: cartPeer },
      },
      {},
      {
        reporter: 'waypoint',
        from: web,
        to: { ...cart, service: cartService },
        fromIp: '10.0.0.5',
        toIp: '10.0.0.7',
        port: 8000,
        encryption: 'unknown',
      },
    ],
    [
      'HBONE gives the port of the outbound cluster',
      webNode,
      { ...outbound, upstream_remote_address: socket('10.0.0.7', 15008) },
      {},
      { toIp: '10.0.0.7', port: 80 },
    ],
    [
      'an east-west gateway is not the callee',
      webNode,
      { ...without(outbound, 'filter_state_objects'), upstream_remote_address: socket('203.0.113.4', 15443) },
      {},
      { toIp: '', port: 80, to: { service: cartService } },
    ],
    [
      'without a peer the Service of the cluster name is the callee',
      webNode,
      without(outbound, 'filter_state_objects'),
      {},
      { to: { service: cartService }, toIp: '10.0.0.7', port: 8000 },
    ],
    [
      'an outside host is named',
      webNode,
      {
        ...without(outbound, 'filter_state_objects'),
        upstream_cluster: 'outbound|443||api.example.com',
        upstream_remote_address: socket('203.0.113.7', 443),
      },
      {},
      { to: { reserved: 'world', names: ['api.example.com'] }, toIp: '203.0.113.7', port: 443 },
    ],
    [
      'what passes through to anywhere is named by its authority',
      webNode,
      {
        ...without(outbound, 'filter_state_objects'),
        upstream_cluster: 'PassthroughCluster',
        upstream_remote_address: socket('203.0.113.7', 80),
      },
      { request: { ...request, authority: 'Api.Example.com:80' } },
      { reporter: 'source', to: { names: ['api.example.com'] }, port: 80 },
    ],
    [
      'without a healthy host the Service that was dialled is the callee',
      webNode,
      {
        ...without(
          outbound,
          'upstream_cluster',
          'upstream_remote_address',
          'upstream_local_address',
          'filter_state_objects',
        ),
        response_flags: { no_healthy_upstream: true },
      },
      { request: { ...request, authority: 'cart' }, response: { response_code: { value: 503 } } },
      {
        reporter: 'source',
        fromIp: '10.0.0.5',
        to: { service: cartService },
        toIp: '10.96.0.40',
        port: 80,
        verdict: 'error',
        reason: 'UH',
        serverErrors: 1,
      },
    ],
    [
      'an inbound cluster without addresses still tells the port',
      cartNode,
      without(inbound, 'downstream_local_address', 'upstream_remote_address'),
      {},
      { port: 8000, toIp: '10.0.0.7' },
    ],
    [
      'the port of a capture listener is not the callee’s',
      cartNode,
      { ...inbound, downstream_local_address: socket('10.0.0.7', 15006) },
      {},
      { port: 8000 },
    ],
    [
      'an old inbound cluster names the Service’s port and the listener the pod’s',
      cartNode,
      { ...inbound, upstream_cluster: 'inbound|80|http|cart.shop.svc.cluster.local' },
      {},
      { port: 8000 },
    ],
    [
      'an Envoy of no mesh is known by its addresses',
      { id: 'front-1', cluster: 'front' },
      {
        start_time: time,
        downstream_direct_remote_address: socket('198.51.100.9', 3333),
        downstream_local_address: socket('10.0.0.30', 8080),
        upstream_remote_address: socket('10.0.0.31', 9000),
        upstream_local_address: socket('10.0.0.30', 45000),
        upstream_cluster: 'backend',
      },
      {},
      { reporter: 'source', from: {}, fromIp: '10.0.0.30', to: {}, toIp: '10.0.0.31', port: 9000 },
    ],
    [
      'an IPv4 address in IPv6’s clothes is an IPv4 address',
      cartNode,
      { ...inbound, downstream_direct_remote_address: socket('::ffff:10.0.0.5', 41234) },
      {},
      { fromIp: '10.0.0.5' },
    ],
    [
      'without metadata the certificate tells the namespace of the caller',
      cartNode,
      without(inbound, 'filter_state_objects'),
      {},
      { from: { namespace: 'shop' }, fromIp: '10.0.0.5' },
    ],
  ]
  it.each(ends)('%s', (_, node, common, more, expected) => {
    expect(one(http(node, common, more))).toMatchObject(expected)
  })

  it('never takes the caller’s address from X-Forwarded-For', () => {
    expect(one(http(cartNode, without(inbound, 'downstream_direct_remote_address'))).fromIp).toBe('')
  })

  it('gives the same objects for the same ends', () => {
    const { observations } = decode(http(webNode, outbound), http(null, { ...outbound, stream_id: 'other' }))
    expect(observations[0]?.from).toBe(observations[1]?.from)
    expect(observations[0]?.to).toBe(observations[1]?.to)
    expect(observations[0]?.key).not.toBe(observations[1]?.key)
  })

  it('names the cluster of a peer in another one', () => {
    const peer = anyStruct({ NAMESPACE: 'shop', NAME: 'cart-0', WORKLOAD_NAME: 'cart', CLUSTER_ID: 'west' })
    expect(one(http(webNode, { ...outbound, filter_state_objects: { upstream_peer: peer } })).to.cluster).toBe('west')
    expect(one(http(webNode, outbound)).to.cluster).toBeUndefined()
  })
})

describe('metadata of peers', () => {
  const upper = { NAMESPACE: 'shop', NAME: 'cart-6f9c8d7b5-x2v4q', WORKLOAD_NAME: 'cart' }
  const owner = (plural: string) => ({ ...upper, OWNER: `kubernetes://apis/apps/v1/namespaces/shop/${plural}/cart` })
  const workload = (kind: string) => ({ workload: { kind, name: 'cart' } })
  const peers: readonly [what: string, any: object, expected: object][] = [
    ['of an owner', anyStruct(owner('statefulsets')), workload('StatefulSet')],
    ['of an owner that Istio has no name for', anyStruct(owner('pods')), workload('Workload')],
    ['in lower case', cartPeer, workload('Deployment')],
    ['as bytes that hold a Struct', anyBytes(encodeAs('Struct', structOf(owner('daemonsets')))), workload('DaemonSet')],
    [
      'as an Any within an Any',
      { type_url: 'type.googleapis.com/google.protobuf.Any', value: encodeAs('Any', anyStruct(owner('jobs'))) },
      workload('Job'),
    ],
    ['as bytes of a flatbuffer', anyBytes(Buffer.from([16, 0, 0, 0, 12, 0, 20, 0, 4, 0, 8, 0])), {}],
    ['that is unknown', anyStruct({ NAMESPACE: 'unknown', WORKLOAD_NAME: 'unknown' }), {}],
  ]
  it.each(peers)('%s', (_, any, expected) => {
    for (const key of ['downstream_peer', 'wasm.downstream_peer']) {
      const { from } = one(
        http(cartNode, { ...without(inbound, 'tls_properties'), filter_state_objects: { [key]: any } }),
      )
      expect(from).toMatchObject(expected)
      if (Object.keys(expected).length === 0) expect(from).toEqual({})
    }
  })
})

describe('encryption', () => {
  const tls = (tls_properties: object | undefined) => ({ ...inbound, tls_properties })
  const cases: readonly [what: string, node: object, common: object, expected: string][] = [
    ['inbound with a peer’s URI', cartNode, inbound, 'mtls'],
    ['inbound with a peer’s URI under TLS 1.1', cartNode, tls({ ...mutualTls, tls_version: 2 }), 'tls'],
    ['inbound with a URI and no version', cartNode, tls({ ...mutualTls, tls_version: 0 }), 'unknown'],
    ['inbound TLS without a peer’s certificate', cartNode, tls({ tls_version: 4 }), 'tls'],
    ['inbound with a server name alone', cartNode, tls({ tls_sni_hostname: 'x.example.com' }), 'unknown'],
    ['inbound with empty TLS properties', cartNode, tls({}), 'plaintext'],
    ['inbound without TLS', cartNode, tls(undefined), 'plaintext'],
    [
      'inbound through a listener within Envoy',
      cartNode,
      {
        ...tls(undefined),
        downstream_direct_remote_address: { envoy_internal_address: { server_listener_name: 'x' } },
      },
      'unknown',
    ],
    ['outbound, whatever the app’s own TLS was', webNode, { ...outbound, tls_properties: mutualTls }, 'unknown'],
    ['a waypoint with a peer’s URI', waypointNode, inbound, 'mtls'],
    ['a waypoint without', waypointNode, tls(undefined), 'unknown'],
  ]
  it.each(cases)('%s', (_, node, common, expected) => {
    expect(one(http(node, common)).encryption).toBe(expected)
  })
})

describe('what happened', () => {
  const denied = 'rbac_access_denied_matched_policy[ns[shop]-policy[only-web]-rule[0]]'
  const cases: readonly [what: string, common: object, response: object, verdict: string, reason: string][] = [
    ['no flag', {}, { response_code: { value: 500 } }, 'allowed', ''],
    ['a refusal by RBAC', {}, { response_code: { value: 403 }, response_code_details: denied }, 'denied', denied],
    ['a 403 of the app', {}, { response_code: { value: 403 }, response_code_details: 'via_upstream' }, 'allowed', ''],
    [
      'a refusal by an external service',
      { response_flags: { unauthorized_details: { reason: 1 } } },
      {},
      'denied',
      'UAEX',
    ],
    ['a failed connection', { response_flags: { upstream_connection_failure: true } }, {}, 'error', 'UF'],
    [
      'retries that did not help',
      { response_flags: { upstream_retry_limit_exceeded: true, upstream_connection_failure: true } },
      {},
      'error',
      'UF',
    ],
    ['an overflow', { response_flags: { upstream_overflow: true } }, {}, 'error', 'UO'],
    ['an injected delay', { response_flags: { delay_injected: true } }, {}, 'allowed', ''],
    ['a caller who went away', { response_flags: { downstream_connection_termination: true } }, {}, 'allowed', 'DC'],
    ['a host that the mesh does not know', { route_name: 'block_all' }, {}, 'denied', 'BlackHoleCluster'],
  ]
  it.each(cases)('%s', (_, common, response, verdict, reason) => {
    expect(one(http(cartNode, { ...inbound, ...common }, { response }))).toMatchObject({ verdict, reason })
  })

  it('is told of a connection that RBAC refused by its termination', () => {
    const common = {
      ...without(inbound, 'upstream_cluster'),
      connection_termination_details: denied,
      access_log_type: 3,
    }
    expect(one(tcp(cartNode, common, {}))).toMatchObject({
      type: 'flow',
      reporter: 'destination',
      verdict: 'denied',
      reason: denied,
      flows: 1,
      bytesSent: 0,
    })
  })
})

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

describe('records', () => {
  const record = (message: object) => {
    const { record } = one(message)
    const { shape, detail, ...rest } = record?.() ?? { shape: '{}', detail: '{}' }
    return { shape: JSON.parse(shape) as object, detail: JSON.parse(detail) as object, text: shape + detail, rest }
  }

  it('keep what many share apart from what is the entry’s own', () => {
    const { shape, detail, rest } = record(http(cartNode, { ...inbound, response_flags: { upstream_overflow: true } }))
    expect(shape).toMatchObject({
      upstream_cluster: 'inbound|8000||',
      'request.request_method': 'GET',
      'response.response_code': 200,
      response_flags: ['UO'],
      access_log_type: 'DownstreamEnd',
      'proxy.id': cartNode.id,
      'proxy.envoy': '1.35.3',
      'filter_state_objects.downstream_peer.WORKLOAD_NAME': 'web',
    })
    expect(detail).toMatchObject({
      start_time: '2026-09-21T14:13:20.250Z',
      duration: 12,
      'request.path': '/items?token=[cut]&page=2',
      'request.request_id': 'r-1',
      downstream_direct_remote_address: '10.0.0.5:41234',
    })
    expect(rest).toEqual({ sourcePort: 41234, status: 200, summary: 'GET cart.shop/items?token=[cut]&page=2' })
  })

  it('hold no secrets', () => {
    const { text } = record(
      http(
        cartNode,
        {
          ...inbound,
          custom_tags: { 'x-api-key': 'hidden1' },
          metadata: {
            filter_metadata: {
              'envoy.filters.http.jwt_authn': structOf({ payload: { sub: 'hidden2' } }),
              app: structOf({ access_token: 'hidden3', tier: 'gold' }),
            },
          },
        },
        {
          request: {
            ...request,
            referer: 'https://user:hidden4@x.example.com/?password=hidden5',
            request_headers: { authorization: 'Bearer hidden6', cookie: 'hidden7', accept: 'text/html' },
          },
          response: { response_code: { value: 200 }, response_headers: { 'set-cookie': 'hidden8' } },
        },
      ),
    )
    expect(text).not.toMatch(/hidden|c2Vzc2lvbg|s3cret/)
    expect(text).toMatch(/gold.*text\/html|text\/html.*gold/)
  })

  it('of connections name what was dialled', () => {
    const { rest, detail } = record(tcp(webNode, { ...outbound, access_log_type: 3 }, { received_bytes: 5 }))
    expect(rest).toEqual({ sourcePort: 41234, summary: 'TCP cart.shop.svc.cluster.local:80' })
    expect(detail).toMatchObject({ 'connection_properties.received_bytes': 5 })
  })
})

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/istio/istio-proxy-node-metadata')
it.skipIf(!existsSync(shared))('reads the node metadata of Istio’s own tests (skipped without ../shared)', () => {
  const text = readFileSync(join(shared, 'client_node_metadata.json.tmpl'), 'utf8')
  const metadata = JSON.parse(`{${text.trim().replace(/,$/, '')}}`) as object
  const node = {
    id: 'sidecar~10.52.0.34~productpage-v1-84975bc778-pxz2w.default~default.svc.cluster.local',
    metadata: structOf(metadata),
  }
  expect(one(http(node, { ...inbound, upstream_cluster: 'inbound|9080||' })).to).toEqual({
    namespace: 'default',
    pod: 'productpage-v1-84975bc778-pxz2w',
    workload: { kind: 'Deployment', name: 'productpage-v1' },
  })
})

it('reads an id of Istio without metadata', () => {
  const { metadata: _, ...node } = nodeOf('sidecar', '10.0.0.7', 'cart-6f9c8d7b5-x2v4q', 'shop', 'cart')
  expect(one(http(node, inbound)).to).toEqual({ namespace: 'shop', pod: 'cart-6f9c8d7b5-x2v4q' })
})
