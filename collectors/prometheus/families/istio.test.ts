import { describe, expect, it } from 'vitest'
import { decodeSketch, countOf } from '@/core/sketch'
import { istio } from './istio'
import { context, histogramOf, onlyFlow, onlyRequest, readAll, sampleOf } from './test-samples'

const base = {
  reporter: 'destination',
  source_workload: 'web',
  source_workload_namespace: 'shop',
  destination_workload: 'cart-v1',
  destination_workload_namespace: 'shop',
  destination_service: 'cart.shop.svc.cluster.local',
  destination_service_name: 'cart',
  destination_service_namespace: 'shop',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
  connection_security_policy: 'mutual_tls',
}
type Changes = Readonly<Record<string, string>>

const requests = (changes: Changes, n = 10) => sampleOf('istio_requests_total', { ...base, ...changes }, n)
const request = (changes: Changes) => onlyRequest(readAll(istio, [requests(changes)]))
const web = { namespace: 'shop', workload: { kind: 'Workload', name: 'web' } }
const cart = {
  namespace: 'shop',
  workload: { kind: 'Workload', name: 'cart-v1' },
  service: { namespace: 'shop', name: 'cart' },
}

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

describe('ends', () => {
  const unknown = { source_workload: 'unknown', source_workload_namespace: 'unknown' }
  const nobody = { reserved: 'unknown' }

  it.each([
    ['nobody known', unknown, nobody],
    ['`unknown` and absent are the same', { source_workload: '', source_workload_namespace: '' }, nobody],
    [
      'the namespace of the certificate',
      { ...unknown, source_principal: 'spiffe://td/ns/shop/sa/web' },
      { namespace: 'shop' },
    ],
    [
      'the certificate beside a workload without namespace',
      { source_workload_namespace: 'unknown', source_principal: 'spiffe://td/ns/shop/sa/web' },
      web,
    ],
    ['a canonical service for the workload', { source_workload: 'unknown', source_canonical_service: 'web' }, web],
    ['a principal of another form tells nothing', { ...unknown, source_principal: 'malicious' }, nobody],
  ])('source: %s', (_name, changes, ref) => {
    expect(request(changes).from).toEqual(ref)
  })

  it('a namespace of nobody is Istio’s mistake and is left out', () => {
    expect(readAll(istio, [requests({ source_workload: 'unknown' })])).toEqual([])
  })

  const gone = {
    reporter: 'source',
    destination_workload: 'unknown',
    destination_workload_namespace: 'unknown',
    destination_service: 'unknown',
    destination_service_name: 'unknown',
    destination_service_namespace: 'unknown',
  }
  const to = (service: string, name: string, namespace: string, more: Changes = {}) => ({
    ...gone,
    destination_service: service,
    destination_service_name: name,
    destination_service_namespace: namespace,
    ...more,
  })
  const service = { service: { namespace: 'shop', name: 'cart' } }
  const world = (name: string) => ({ reserved: 'world', names: [name] })

  it.each<[string, Changes, object, string, number]>([
    ['a Service that no workload answered for', to('cart.shop.svc.cluster.local', 'cart', 'shop'), service, '', 0],
    ['its namespace by the host', to('cart.shop.svc.cluster.local', 'cart', 'unknown'), service, '', 0],
    [
      'its whole host as the name',
      to('cart.shop.svc.cluster.local', 'cart.shop.svc.cluster.local', 'unknown'),
      service,
      '',
      0,
    ],
    [
      'another cluster’s, as early meshes wrote it',
      to('cart.shop.global', 'cart.shop.global', 'unknown'),
      service,
      '',
      0,
    ],
    ['a service port says nothing of the pod’s', to('cart:9080', 'cart', 'shop'), service, '', 0],
    ['a ServiceEntry', to('api.example.com', 'api.example.com', 'shop'), world('api.example.com'), '', 0],
    [
      'a ServiceEntry with a port',
      to('api.example.com:443', 'api.example.com:443', 'shop'),
      world('api.example.com'),
      '',
      443,
    ],
    [
      'a wildcard, by the request’s host',
      to('en.wikipedia.org', '*.wikipedia.org', 'shop'),
      world('en.wikipedia.org'),
      '',
      0,
    ],
    ['a wildcard alone', to('*.wikipedia.org', '*.wikipedia.org', 'shop'), world('*.wikipedia.org'), '', 0],
    [
      'passed through to a name',
      to('api.example.com', 'PassthroughCluster', 'unknown'),
      world('api.example.com'),
      '',
      0,
    ],
    [
      'passed through to a short name, which may be a domain too',
      to('cart.shop', 'PassthroughCluster', 'unknown'),
      world('cart.shop'),
      '',
      0,
    ],
    [
      'passed through to a Service by its full name',
      to('cart.shop.svc', 'PassthroughCluster', 'unknown'),
      service,
      '',
      0,
    ],
    ['passed through to an address', to('10.1.2.3:8080', 'PassthroughCluster', 'unknown'), {}, '10.1.2.3', 8080],
    ['passed through to nobody known', to('unknown', 'PassthroughCluster', 'unknown'), nobody, '', 0],
    ['nothing known', gone, nobody, '', 0],
    [
      'a canonical service',
      { ...gone, destination_workload_namespace: 'shop', destination_canonical_service: 'cart-v1' },
      { namespace: 'shop', workload: cart.workload },
      '',
      0,
    ],
    [
      'a workload behind InboundPassthroughCluster',
      { destination_service: 'cart', destination_service_name: 'InboundPassthroughClusterIpv4' },
      { namespace: 'shop', workload: cart.workload },
      '',
      0,
    ],
  ])('destination: %s', (_name, changes, ref, toIp, port) => {
    const known = request(changes)
    expect(known.to).toEqual(ref)
    expect(known).toMatchObject({ toIp, port })
  })

  it('a Service that is a bare address is Istio’s mistake and is left out', () => {
    for (const host of ['10.20.30.40', '10.20.30.40:9080', '[fd00::1]:80', 'fd00::1'])
      expect(readAll(istio, [requests(to(host, host, 'shop'))])).toEqual([])
  })

  it('what a registry does not know is denied where only the registry is allowed', () => {
    const changes = to('api.example.com', 'BlackHoleCluster', 'unknown', { response_code: '502' })
    expect(request(changes)).toMatchObject({
      verdict: 'denied',
      reason: 'BlackHoleCluster',
      to: world('api.example.com'),
    })
  })
})

describe('clusters', () => {
  const read = (...all: Changes[]) =>
    readAll(
      istio,
      all.map((changes) => requests(changes)),
      [],
      null,
      { ...context, cluster: 'prod' },
    )
  const names = (...all: Changes[]) => read(...all).map((o) => [o.from.cluster ?? o.cluster, o.to.cluster ?? o.cluster])

  it('Istio’s only cluster is the observed one, whatever its name', () => {
    expect(names({ source_cluster: 'Kubernetes', destination_cluster: 'Kubernetes' })).toEqual([['prod', 'prod']])
    expect(names({ source_cluster: 'east', destination_cluster: 'east' })).toEqual([['prod', 'prod']])
  })

  it('another cluster’s end keeps its name', () => {
    expect(names({ source_cluster: 'west', destination_cluster: 'east' })).toEqual([['west', 'prod']])
    expect(names({ reporter: 'source', source_cluster: 'west', destination_cluster: 'east' })).toEqual([
      ['prod', 'east'],
    ])
  })

  it('an unknown destination is looked for where the caller is', () => {
    expect(names({ reporter: 'source', source_cluster: 'west', destination_cluster: 'unknown' })).toEqual([
      ['prod', 'prod'],
    ])
  })

  it('of several clusters that report, only the one of our name is ours', () => {
    const all = ['east', 'prod'].map((name) => ({ source_cluster: name, destination_cluster: name }))
    expect(names(...all)).toEqual([
      ['east', 'east'],
      ['prod', 'prod'],
    ])
    expect(read(...all).map(({ cluster }) => cluster)).toEqual(['east', 'prod'])
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
