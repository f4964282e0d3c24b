import { describe, expect, it } from 'vitest'
import { countOf, decodeSketch } from '@/core/figures/sketch'
import type { Labels, Target } from '../family'
import { linkerd } from './linkerd'
import { context, histogramOf, onlyFlow, onlyRequest, readAll, sampleOf } from './test-samples'

const web: Target = { namespace: 'shop', pod: 'web-1', workload: { kind: 'Deployment', name: 'web' } }
const webRef = { namespace: 'shop', workload: { kind: 'Deployment', name: 'web' } }
const cartRef = {
  namespace: 'cart',
  workload: { kind: 'StatefulSet', name: 'cart' },
  service: { namespace: 'cart', name: 'cart-http' },
}

const outbound = {
  direction: 'outbound',
  authority: 'cart-http.cart.svc.cluster.local:80',
  target_addr: '10.0.0.9:8080',
  target_ip: '10.0.0.9',
  target_port: '8080',
  tls: 'true',
  server_id: 'cart.cart.serviceaccount.identity.linkerd.cluster.local',
  dst_namespace: 'cart',
  dst_service: 'cart-http',
  dst_statefulset: 'cart',
  dst_pod: 'cart-0',
}
const inbound = {
  direction: 'inbound',
  target_addr: '0.0.0.0:8080',
  target_ip: '0.0.0.0',
  target_port: '8080',
  tls: 'true',
  client_id: 'cart.cart.serviceaccount.identity.linkerd.cluster.local',
  srv_kind: 'default',
  srv_name: 'all-unauthenticated',
}
const responses = (labels: Labels, n = 10) => sampleOf('response_total', { status_code: '200', ...labels }, n)
const request = (labels: Labels) => onlyRequest(readAll(linkerd, [responses(labels)], [], web))

describe('outbound', () => {
  it('is told by the caller, on the port that the callee listens on', () => {
    expect(request(outbound)).toMatchObject({ reporter: 'source', from: webRef, to: cartRef, port: 8080, toIp: '' })
  })

  it.each([
    [
      'a Service of which discovery names no pods',
      { authority: 'db.data.svc.cluster.local:5432' },
      { service: { namespace: 'data', name: 'db' } },
      '',
    ],
    [
      'an outside host',
      { authority: 'api.example.com:443' },
      { reserved: 'world', names: ['api.example.com'] },
      '10.0.0.9',
    ],
    ['an address', { authority: '10.0.0.9:8080' }, {}, '10.0.0.9'],
    ['an address alone', { authority: '' }, {}, '10.0.0.9'],
    ['a bare name', { authority: 'cart' }, {}, '10.0.0.9'],
    ['a pod', { dst_namespace: 'cart', dst_pod: 'cart-0', authority: '' }, { namespace: 'cart', pod: 'cart-0' }, ''],
  ])('%s', (_name, labels, to, toIp) => {
    const { dst_namespace: _ns, dst_service: _service, dst_statefulset: _set, dst_pod: _pod, ...bare } = outbound
    expect(request({ ...bare, ...labels })).toMatchObject({ to, toIp, port: 8080 })
  })

  it('the proxy’s own pod is named by labels of the scrape where Oriel did not scrape', () => {
    const read = (labels: Labels) => onlyRequest(readAll(linkerd, [responses({ ...outbound, ...labels })])).from
    expect(read({ namespace: 'shop', pod: 'web-1', deployment: 'web' })).toEqual(webRef)
    expect(read({ namespace: 'shop', pod: 'job-1', k8s_job: 'job' })).toEqual({
      namespace: 'shop',
      workload: { kind: 'Job', name: 'job' },
    })
    expect(read({ namespace: 'shop', pod: 'web-1' })).toEqual({ namespace: 'shop', pod: 'web-1' })
    expect(read({})).toEqual({ reserved: 'unknown' })
  })
})

describe('inbound', () => {
  it.each([
    [
      'the service account of its certificate',
      inbound.client_id,
      { namespace: 'cart', workload: { kind: 'Workload', name: 'cart' } },
    ],
    [
      'the account that all workloads of a namespace share',
      'default.cart.serviceaccount.identity.linkerd.cluster.local',
      { namespace: 'cart' },
    ],
    [
      'an account with dots',
      'a.b.cart.serviceaccount.identity.linkerd.cluster.local',
      { namespace: 'cart', workload: { kind: 'Workload', name: 'a.b' } },
    ],
    ['a client without a name', '', { reserved: 'unknown' }],
    ['an identity of another form', 'spiffe://root/x', { reserved: 'unknown' }],
  ])('the caller is %s', (_name, client_id, from) => {
    expect(request({ ...inbound, client_id })).toMatchObject({ reporter: 'destination', from, to: webRef, port: 8080 })
  })
})

describe('encryption', () => {
  it.each([
    ['true', undefined, 'mtls', ''],
    ['no_identity', 'no_tls_from_remote', 'plaintext', 'no_tls_from_remote'],
    ['no_identity', 'port_skipped', 'plaintext', 'port_skipped'],
    ['no_identity', 'not_provided_by_service_discovery', 'plaintext', 'not_provided_by_service_discovery'],
    // Linkerd's own dashboard shows these two as secured.
    ['no_identity', 'ingress_without_override', 'plaintext', 'ingress_without_override'],
    ['disabled', undefined, 'plaintext', ''],
    ['opaque', undefined, 'tls', ''],
    ['', undefined, 'unknown', ''],
  ])('tls %j for reason %j is %s', (tls, no_tls_reason, encryption, reason) => {
    const labels = { ...inbound, tls, ...(no_tls_reason && { no_tls_reason }) }
    expect(request(labels)).toMatchObject({ encryption, reason, verdict: 'allowed' })
  })

  it('a mixed edge shows all of its evidence, by weight', () => {
    const plain = { ...outbound, tls: 'no_identity', no_tls_reason: 'port_skipped' }
    const read = readAll(linkerd, [responses(outbound, 30), responses(plain, 10)], [], web)
    expect(read.map((o) => [o.encryption, o.type === 'request' && o.responses])).toEqual([
      ['mtls', 30],
      ['plaintext', 10],
    ])
  })
})

describe('requests', () => {
  it('and responses are of one place, whatever labels responses have of their own', () => {
    const read = readAll(
      linkerd,
      [
        sampleOf('request_total', outbound, 12),
        responses({ ...outbound, classification: 'success' }, 7),
        responses({ ...outbound, status_code: '404', classification: 'success' }, 2),
        responses({ ...outbound, status_code: '503', classification: 'failure' }, 1),
      ],
      [
        histogramOf('response_latency_ms', { ...outbound, status_code: '200' }, [
          [1, 4],
          [Number.POSITIVE_INFINITY, 6],
        ]),
      ],
      web,
    )
    const { latency, ...figures } = onlyRequest(read)
    expect(figures).toMatchObject({ l7: 'http', requests: 12, responses: 10, clientErrors: 2, serverErrors: 1 })
    expect(typeof latency === 'object' && countOf(decodeSketch(latency))).toBe(10)
  })

  it('are gRPC where a response had its status, in any order and from then on', () => {
    const reader = linkerd.create(context)
    const all = [
      sampleOf('request_total', outbound, 5),
      responses({ ...outbound, grpc_status: '14' }, 4),
      responses({ ...outbound, grpc_status: '5' }, 1),
    ]
    expect(onlyRequest(reader.read(all, [], web))).toMatchObject({
      l7: 'grpc',
      requests: 5,
      responses: 5,
      serverErrors: 4,
      clientErrors: 1,
    })
    expect(onlyRequest(reader.read([sampleOf('request_total', { ...outbound }, 5)], [], web)).l7).toBe('grpc')
  })

  it('that were denied are told with the policy’s name', () => {
    const denied = (labels: Labels) =>
      onlyRequest(readAll(linkerd, [sampleOf('inbound_http_authz_deny_total', { ...inbound, ...labels }, 3)], [], web))
    expect(denied({ authz_name: 'web-only' })).toMatchObject({
      verdict: 'denied',
      reason: 'web-only',
      requests: 3,
      responses: 3,
      clientErrors: 3,
    })
    expect(denied({})).toMatchObject({ verdict: 'denied', reason: 'all-unauthenticated' })
  })
})

describe('connections', () => {
  const tcp = (metric: string, labels: Labels, n: number) => sampleOf(metric, labels, n)

  it('of an application with its own proxy are no traffic', () => {
    const none = [
      { ...outbound, peer: 'src', tls: 'no_identity', no_tls_reason: 'loopback' },
      { ...outbound, peer: 'src' },
      { ...inbound, peer: 'dst', tls: 'no_identity', no_tls_reason: 'loopback' },
      { ...inbound, peer: 'dst' },
      { peer: 'dst' },
    ]
    expect(
      readAll(
        linkerd,
        none.map((labels) => tcp('tcp_open_total', labels, 2)),
        [],
        web,
      ),
    ).toEqual([])
  })

  it('outbound: what the proxy reads comes from the callee', () => {
    const labels = { ...outbound, peer: 'dst' }
    const all = [
      tcp('tcp_open_total', labels, 4),
      tcp('tcp_read_bytes_total', labels, 900),
      tcp('tcp_write_bytes_total', labels, 100),
    ]
    expect(onlyFlow(readAll(linkerd, all, [], web))).toMatchObject({
      flows: 4,
      connections: 4,
      bytesSent: 100,
      bytesReceived: 900,
    })
  })

  it('inbound: what the proxy reads comes from the caller', () => {
    const labels = { ...inbound, peer: 'src' }
    const all = [
      tcp('tcp_read_bytes_total', labels, 100),
      tcp('tcp_write_bytes_total', labels, 900),
      tcp('tcp_open_connections', labels, 2),
    ]
    const flow = onlyFlow(readAll(linkerd, all, [], web))
    expect(flow).toMatchObject({ bytesSent: 100, bytesReceived: 900, connectionSeconds: 30 })
    expect(flow).not.toHaveProperty('connections')
  })

  it('that were denied are told with the policy’s name', () => {
    const labels = { ...inbound, peer: 'src', authz_name: 'db-only' }
    expect(onlyFlow(readAll(linkerd, [tcp('inbound_tcp_authz_deny_total', labels, 2)], [], web))).toMatchObject({
      verdict: 'denied',
      reason: 'db-only',
      flows: 2,
    })
  })
})

describe('certificates', () => {
  const gauge = (seconds: number, to: number) =>
    sampleOf('identity_cert_expiration_timestamp_seconds', {}, seconds, { from: to - 10, to })

  it('the first to expire is named, and forgotten with its pod', () => {
    const reader = linkerd.create(context)
    expect(reader.facts?.()).toEqual({})
    reader.read([gauge(1_800_000_000, 1_000_000)], [], web)
    reader.read([gauge(1_700_000_000, 1_000_000)], [], { namespace: 'shop', pod: 'cart-0' })
    expect(reader.facts?.()).toEqual({ 'first certificate to expire': '2023-11-14T22:13:20.000Z (shop/cart-0)' })
    reader.read([gauge(1_800_000_000, 2_000_000)], [], web)
    expect(reader.facts?.()).toEqual({ 'first certificate to expire': '2027-01-15T08:00:00.000Z (shop/web)' })
  })

  it('nonsense is no date', () => {
    const reader = linkerd.create(context)
    for (const seconds of [0, -1, Number.NaN, 1e300]) reader.read([gauge(seconds, 1_000_000)], [], web)
    expect(reader.facts?.()).toEqual({})
  })

  it('are handed over with whose they are', () => {
    const reader = linkerd.create(context)
    reader.read([gauge(1_700_000_000, 1_000_000)], [], { namespace: 'shop', pod: 'cart-0' })
    expect(reader.readings?.().certificates).toMatchObject([
      { mesh: 'linkerd', level: 'workload', namespace: 'shop', subject: 'cart-0', notAfter: 1_700_000_000_000 },
    ])
  })
})
