import { describe, expect, it } from 'vitest'
import { decodeSketch, countOf } from '@/core/figures/sketch'
import { istio } from './istio'
import { base, cart, type Changes, request, requests, web } from './test-istio'
import { histogramOf, onlyFlow, onlyRequest, readAll, sampleOf } from './test-samples'

describe('requests', () => {
  it('are of workloads whose kind is not told, and of the Service that was addressed', () => {
    expect(request({})).toMatchObject({
      from: web,
      to: cart,
      port: 0,
      protocol: 'tcp',
      time: 1_000_000,
      spanMs: 15_000,
    })
  })

  it.each([
    ['200', '', 'http', '-', 10, 0, 0],
    ['302', '', 'http', '-', 10, 0, 0],
    ['404', '', 'http', '-', 10, 10, 0],
    ['503', '', 'http', 'UC', 10, 0, 10],
    ['5xx', '', 'http', '-', 10, 0, 10],
    ['200', '0', 'grpc', '-', 10, 0, 0],
    ['200', '5', 'grpc', '-', 10, 10, 0],
    ['200', '14', 'grpc', '-', 10, 0, 10],
    ['404', '12', 'grpc', '-', 10, 10, 0],
    ['503', '14', 'grpc', '-', 10, 0, 10],
    // No response: of a caller that left nobody is blamed, otherwise it is the callee's error.
    ['0', '', 'http', 'DC', 0, 0, 0],
    ['-', '', 'http', 'DC', 0, 0, 0],
    ['0', '', 'grpc', 'DC', 0, 0, 0],
    ['0', '', 'http', '-', 0, 0, 0],
    ['0', '', 'http', 'UC', 10, 0, 10],
    // Dropped by a telemetry setting: nothing is known of the outcome but that there was one.
    ['', '', 'http', '-', 10, 0, 0],
    ['teapot', 'x', 'http', '-', 10, 0, 0],
  ])(
    'code %j, gRPC %j, %s, flags %s: %i responses, %i by the caller, %i by the callee',
    (code, grpc, protocol, flags, responses, clientErrors, serverErrors) => {
      const changes = {
        response_code: code,
        grpc_response_status: grpc,
        request_protocol: protocol,
        response_flags: flags,
      }
      expect(request(changes)).toMatchObject({ requests: 10, responses, clientErrors, serverErrors, l7: protocol })
    },
  )

  it.each([
    ['http', 'http'],
    ['grpc', 'grpc'],
    ['HTTP/1.1', 'http'],
    ['tcp', 'unknown'],
    ['', 'unknown'],
  ])('protocol %j is %s', (request_protocol, l7) => {
    expect(request({ request_protocol }).l7).toBe(l7)
  })

  it.each([
    ['-', 'allowed', ''],
    ['', 'allowed', ''],
    ['UC', 'allowed', ''],
    ['UAEX', 'denied', 'UAEX'],
    ['DENY', 'denied', 'DENY'],
    ['NETWORK_POLICY', 'denied', 'NETWORK_POLICY'],
    ['UF,URX', 'error', 'UF'],
    ['URX,UF,UAEX', 'denied', 'UAEX'],
    ['NR', 'error', 'NR'],
    ['CONNECT', 'error', 'CONNECT'],
    ['toString', 'allowed', ''],
  ])('flags %j are %s, reason %j', (response_flags, verdict, reason) => {
    expect(request({ response_flags })).toMatchObject({ verdict, reason })
  })

  it.each([
    ['destination', 'mutual_tls', 'mtls'],
    ['destination', 'none', 'plaintext'],
    ['destination', 'unknown', 'unknown'],
    ['waypoint', 'mutual_tls', 'mtls'],
    ['waypoint', 'none', 'plaintext'],
    // A client's Envoy does not know; a client's ztunnel does.
    ['source', 'unknown', 'unknown'],
    ['source', 'none', 'unknown'],
    ['source', 'mutual_tls', 'mtls'],
    ['destination', '', 'unknown'],
  ])('%s says %j: %s', (reporter, connection_security_policy, encryption) => {
    expect(request({ reporter, connection_security_policy })).toMatchObject({ reporter, encryption })
  })
})

describe('connections and bytes', () => {
  const tcp = (metric: string, n: number, changes: Changes = {}) =>
    sampleOf(`istio_tcp_${metric}_total`, { ...base, request_protocol: 'tcp', app: 'ztunnel', ...changes }, n)

  it('are named from the proxy’s downstream side: what it received goes to the callee', () => {
    for (const reporter of ['source', 'destination']) {
      const all = [
        tcp('received_bytes', 100, { reporter }),
        tcp('sent_bytes', 7, { reporter }),
        tcp('connections_opened', 3, { reporter }),
      ]
      expect(onlyFlow(readAll(istio, all))).toMatchObject({
        bytesSent: 100,
        bytesReceived: 7,
        connections: 3,
        flows: 3,
        reporter,
      })
    }
  })

  it('a figure that no series told is absent', () => {
    expect(onlyFlow(readAll(istio, [tcp('sent_bytes', 7)]))).not.toHaveProperty('connections')
  })

  it('a normal close is nothing new', () => {
    expect(readAll(istio, [tcp('connections_closed', 3)])).toEqual([])
  })

  it.each([
    ['DENY', 'denied'],
    ['NETWORK_POLICY', 'denied'],
    ['CONNECT', 'error'],
    ['TLS_FAILURE', 'error'],
    ['UF', 'error'],
  ])('%s: what was counted as opened before it failed is %s, and once', (response_flags, verdict) => {
    const failed = { response_flags }
    for (const metrics of [['closed'], ['failed'], ['closed', 'failed']]) {
      const all = [tcp('connections_opened', 10), ...metrics.map((metric) => tcp(`connections_${metric}`, 4, failed))]
      const flows = readAll(istio, all).map((o) => [o.verdict, o.reason, o.type === 'flow' && o.flows])
      expect(flows.sort()).toEqual(
        [
          ['allowed', '', 6],
          [verdict, response_flags, 4],
        ].sort(),
      )
    }
  })

  it('a denial without an opening is still told', () => {
    expect(onlyFlow(readAll(istio, [tcp('connections_failed', 4, { response_flags: 'DENY' })]))).toMatchObject({
      flows: 4,
      verdict: 'denied',
    })
  })

  it('bytes of HTTP are those of its edge, without connections', () => {
    const http = (metric: string, n: number) => sampleOf(`istio_${metric}_bytes_sum`, base, n)
    const flow = onlyFlow(readAll(istio, [http('request', 100), http('response', 900)]))
    expect(flow).toMatchObject({ bytesSent: 100, bytesReceived: 900 })
    expect(flow).not.toHaveProperty('flows')
  })
})

describe('latency', () => {
  const name = 'istio_request_duration_milliseconds'

  it('keeps the histogram’s own bounds, whatever they are', () => {
    const histogram = histogramOf(name, base, [
      [0.5, 1],
      [7, 2],
      [1234, 3],
      [Number.POSITIVE_INFINITY, 4],
    ])
    const { latency, requests: n, responses } = onlyRequest(readAll(istio, [requests({})], [histogram]))
    expect([n, responses]).toEqual([10, 10])
    expect(typeof latency === 'object' && [...decodeSketch(latency).values()].sort()).toEqual([1, 2, 3, 4])
  })

  it('is of responses: that of a caller that left is left out', () => {
    const histogram = histogramOf(name, { ...base, response_code: '0', response_flags: 'DC' }, [[5, 3]])
    expect(readAll(istio, [], [histogram])).toEqual([])
  })

  it('adds the series of one edge', () => {
    const all = ['v1', 'v2'].map((version) =>
      histogramOf(name, { ...base, source_version: version }, [
        [5, 3],
        [10, 1],
      ]),
    )
    const { latency } = onlyRequest(readAll(istio, [], all))
    expect(typeof latency === 'object' && countOf(decodeSketch(latency))).toBe(8)
  })
})

describe('encryption of an edge of several series', () => {
  it('adds: two mutual_tls at 10 and one none at 10 are two thirds, where Kiali’s overwriting makes it half', () => {
    const series: Changes[] = [{ source_version: 'a' }, { source_version: 'b' }, { connection_security_policy: 'none' }]
    const read = readAll(
      istio,
      series.map((changes) => requests(changes)),
    )
    expect(read.map((o) => [o.encryption, o.type === 'request' && o.requests]).sort()).toEqual([
      ['mtls', 20],
      ['plaintext', 10],
    ])
  })
})

describe('discovery', () => {
  const pod = {
    namespace: 'shop',
    name: 'web-1',
    ips: ['10.0.0.1'],
    node: 'n1',
    labels: {},
    annotations: {},
    ports: [],
    workload: null,
  }

  it.each([
    [
      'a sidecar or gateway by its port',
      { ports: [{ name: 'http-envoy-prom', port: 15_090 }] },
      { port: 15_090, path: '/stats/prometheus' },
    ],
    [
      'a sidecar that is an init container',
      { annotations: { 'sidecar.istio.io/status': '{}' } },
      { port: 15_090, path: '/stats/prometheus' },
    ],
    [
      'ztunnel',
      { labels: { app: 'ztunnel' }, ports: [{ name: 'ztunnel-stats', port: 15_020 }] },
      { port: 15_020, path: '/metrics' },
    ],
    ['anything else', {}, null],
  ])('%s', (_name, fields, where) => {
    expect(istio.scrapeOf({ ...pod, ...fields })).toEqual(where)
  })
})
