import { describe, expect, it } from 'vitest'
import type { EndpointRef } from '@/core/endpoint'
import { countOf, decodeSketch } from '@/core/figures/sketch'
import type { Labels, Target } from '../family'
import { envoy } from './envoy'
import { clusterEnd } from './envoy-clusters'
import { histogramOf, onlyFlow, onlyRequest, readAll, sampleOf } from './test-samples'

const proxy: Target = { namespace: 'edge', pod: 'proxy-1', workload: { kind: 'Deployment', name: 'proxy' } }
const tag = { envoy_cluster_name: 'shop/cart/8080' }
const counter = (metric: string, n: number, labels: Labels = tag) =>
  sampleOf(`envoy_cluster_upstream_${metric}`, labels, n)
const rq = (code: string, n: number) => counter('rq_xx', n, { ...tag, envoy_response_code_class: code })

const world = (name: string): EndpointRef => ({ reserved: 'world', names: [name] })
const service = (namespace: string, name: string) => ({ service: { namespace, name } })

describe('clusters', () => {
  it.each<[string, ReturnType<typeof clusterEnd>]>([
    ['outbound|9080|v1|reviews.default.svc.cluster.local', { ref: service('default', 'reviews'), port: 9080 }],
    ['outbound|9080||reviews.default.svc.cluster.local;', { ref: service('default', 'reviews'), port: 9080 }],
    ['outbound_.9080_._.reviews.default.svc.cluster.local', { ref: service('default', 'reviews'), port: 9080 }],
    ['outbound|443||api.example.com', { ref: world('api.example.com'), port: 443 }],
    ['inbound|8000||', null],
    ['inbound|8000|http|reviews.default.svc.cluster.local', null],
    ['InboundPassthroughClusterIpv4', null],
    ['PassthroughCluster', { ref: { reserved: 'unknown' } }],
    ['shop/cart/8080', { ref: service('shop', 'cart'), port: 8080 }],
    ['shop/cart/8080/da39a3ee5e', { ref: service('shop', 'cart'), port: 8080 }],
    ['httproute/shop/cart/rule/0', { ref: { reserved: 'unknown', names: ['httproute/shop/cart/rule/0'] } }],
    ['cart.shop.svc.cluster.local', { ref: service('shop', 'cart') }],
    ['cart.shop.svc.cluster.local_8080', { ref: service('shop', 'cart'), port: 8080 }],
    ['api.example.com_443', { ref: world('api.example.com'), port: 443 }],
    ['10.0.0.9_8080', { ref: {}, ip: '10.0.0.9', port: 8080 }],
    ['payments', { ref: { reserved: 'unknown', names: ['payments'] } }],
  ])('%s', (name, end) => {
    expect(clusterEnd(name)).toEqual(end)
  })

  it.each(['', 'xds-grpc', 'xds_cluster', 'sds-grpc', 'prometheus_stats', 'agent', 'admin', 'envoy-admin', 'zipkin'])(
    '%j is the proxy’s own',
    (name) => {
      expect(clusterEnd(name)).toBeNull()
    },
  )
})

describe('requests', () => {
  it('are the proxy’s own to the cluster, with both names of the tags', () => {
    const plain = readAll(
      envoy,
      [counter('rq_total', 10), rq('2', 6), rq('3', 1), rq('4', 2), rq('5', 1), rq('1', 9)],
      [],
      proxy,
    )
    expect(onlyRequest(plain)).toMatchObject({
      reporter: 'source',
      from: { namespace: 'edge', workload: { kind: 'Deployment', name: 'proxy' } },
      to: service('shop', 'cart'),
      port: 8080,
      l7: 'http',
      requests: 10,
      responses: 10,
      clientErrors: 2,
      serverErrors: 1,
    })
    const own = { cluster_name: 'shop/cart/8080', response_code_class: '5' }
    expect(onlyRequest(readAll(envoy, [counter('rq_xx', 3, own)], [], proxy))).toMatchObject({
      to: service('shop', 'cart'),
      responses: 3,
      serverErrors: 3,
    })
  })

  it('have the latency of the histogram, in milliseconds', () => {
    const { latency } = onlyRequest(
      readAll(
        envoy,
        [],
        [
          histogramOf('envoy_cluster_upstream_rq_time', tag, [
            [0.5, 3],
            [1, 2],
          ]),
        ],
        proxy,
      ),
    )
    expect(typeof latency === 'object' && countOf(decodeSketch(latency))).toBe(5)
  })
})

describe('connections', () => {
  it('that failed are within the total and told apart', () => {
    const read = readAll(envoy, [counter('cx_total', 10), counter('cx_connect_fail', 3)], [], proxy)
    expect(read.map((o) => [o.verdict, o.reason, o.type === 'flow' && o.flows])).toEqual([
      ['allowed', '', 7],
      ['error', 'connect_fail', 3],
    ])
  })

  it('have bytes by the direction of the call, and time open', () => {
    const all = [counter('cx_tx_bytes_total', 100), counter('cx_rx_bytes_total', 900), counter('cx_active', 2)]
    expect(onlyFlow(readAll(envoy, all, [], proxy))).toMatchObject({
      bytesSent: 100,
      bytesReceived: 900,
      connectionSeconds: 30,
    })
  })

  it('that no registry knows are denied', () => {
    expect(
      onlyFlow(readAll(envoy, [counter('cx_total', 1, { cluster_name: 'BlackHoleCluster' })], [], proxy)),
    ).toMatchObject({ verdict: 'denied', reason: 'BlackHoleCluster' })
  })
})

describe('discovery', () => {
  const pod = {
    namespace: 'edge',
    name: 'proxy-1',
    ips: [],
    node: 'n1',
    labels: {},
    annotations: {},
    ports: [],
    workload: null,
  }
  const annotations = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '8002',
    'prometheus.io/path': '/stats/prometheus',
  }

  it.each([
    ['a pod that says so', { annotations }, { port: 8002, path: '/stats/prometheus' }],
    [
      'Envoy Gateway’s',
      { labels: { 'gateway.envoyproxy.io/owning-gateway-name': 'eg' } },
      { port: 19_001, path: '/stats/prometheus' },
    ],
    [
      'Istio’s, which the family istio reads',
      { annotations: { ...annotations, 'sidecar.istio.io/status': '{}' } },
      null,
    ],
    ['another exporter', { annotations: { ...annotations, 'prometheus.io/path': '/metrics' } }, null],
    ['anything else', {}, null],
  ])('%s', (_name, fields, where) => {
    expect(envoy.scrapeOf({ ...pod, ...fields })).toEqual(where)
  })
})
