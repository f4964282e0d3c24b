import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Observation } from '@/core/observation'
import type { L7Protocol } from '@/core/verdict'
import { countOf, decodeSketch } from '@/core/figures/sketch'
import type { HistogramSample, Labels, MetricFamily, Sample } from '../family'
import { envoy } from './envoy'
import { felix } from './felix'
import { istio } from './istio'
import { linkerd } from './linkerd'
import { obi } from './obi'
import { servicegraph } from './servicegraph'
import { context, readAll, sorted } from './test-samples'

const families: readonly MetricFamily[] = [istio, linkerd, envoy, felix, servicegraph, obi]

const names = `
  reporter source_workload source_workload_namespace source_principal source_cluster destination_workload
  destination_workload_namespace destination_service destination_service_name
  destination_service_namespace response_code response_flags grpc_response_status request_protocol
  connection_security_policy direction peer tls no_tls_reason target_addr target_port authority
  dst_namespace dst_deployment dst_service client_id srv_name namespace pod deployment status_code
  grpc_status envoy_cluster_name cluster_name envoy_response_code_class public_key peer_key peer_endpoint
  hostname listen_port client server connection_type virtual_node client_k8s_namespace_name
  k8s_src_owner_name k8s_src_namespace k8s_dst_owner_name k8s_dst_namespace src_address dst_address
  transport k8s_cluster_name __proto__ constructor`
  .trim()
  .split(/\s+/)
const values = `
  unknown latest - 0 200 503 source destination waypoint inbound outbound src dst true no_identity
  loopback mutual_tls none DENY UF,URX PassthroughCluster shop outbound|80||a.b.svc inbound|80||
  a.b.svc.cluster.local:80 10.0.0.1:80 [::1]:80 spiffe://t/ns/a/sa/b
  a.b.serviceaccount.identity.linkerd.cluster.local user virtual_node request response UDP 99999`
  .trim()
  .split(/\s+/)
/** A series of each family, so that what is changed in it still meets others at the same place. */
const bases: Readonly<Record<string, Labels>> = {
  istio: {
    reporter: 'source',
    source_workload: 'a',
    source_workload_namespace: 'n',
    destination_workload: 'b',
    destination_workload_namespace: 'n',
    response_code: '200',
    request_protocol: 'http',
  },
  linkerd: { direction: 'outbound', dst_namespace: 'n', dst_deployment: 'b', namespace: 'n', pod: 'a', tls: 'true' },
  envoy: { envoy_cluster_name: 'outbound|80||b.n.svc.cluster.local', namespace: 'n', pod: 'a' },
  felix: { hostname: 'h', public_key: 'k', peer_key: 'p', peer_endpoint: '10.0.0.1:51820' },
  servicegraph: { client: 'a', server: 'b' },
  obi: { k8s_src_owner_name: 'a', k8s_src_namespace: 'n', k8s_dst_owner_name: 'b', k8s_dst_namespace: 'n' },
}
const labels = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'binary' }))), {
    maxLength: 14,
  })
  .map((pairs): Labels => {
    const object: Record<string, string> = Object.create(null)
    for (const [name, value] of pairs) object[name] = value
    return object
  })
const number = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double(), fc.constantFrom(-1, 1e300, Number.NaN))
const time = fc.oneof(fc.constantFrom(0, 10_000, 25_000), fc.double())

const sampleFor = (family: MetricFamily): fc.Arbitrary<Sample> =>
  fc.record({
    metric: fc.constantFrom(...family.counters, ...family.gauges, 'other'),
    labels,
    value: number,
    from: time,
    to: time,
    key: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  })
const histogramFor = (family: MetricFamily): fc.Arbitrary<HistogramSample> =>
  fc.record({
    metric: fc.constantFrom(...family.histograms, 'other'),
    labels,
    bounds: fc.array(fc.oneof(fc.double(), fc.constantFrom(1, 5, Number.POSITIVE_INFINITY)), { maxLength: 5 }),
    counts: fc.array(number, { maxLength: 6 }),
    sum: number,
    count: number,
    from: time,
    to: time,
    key: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  })

const ports = ({ port }: Observation) => Number.isInteger(port) && port >= 0 && port <= 65_535
const wholes = (o: Observation) =>
  Object.entries(o).every(([, value]) => typeof value !== 'number' || (Number.isFinite(value) && value > -1e308))

describe.each(families.map((family) => [family.id, family] as const))('%s', (_id, family) => {
  it('reads any labels and values without throwing, and gives numbers that can be stored', () => {
    const target = fc.option(fc.record({ namespace: fc.string(), pod: fc.string() }), { nil: null })
    fc.assert(
      fc.property(
        fc.array(sampleFor(family)),
        fc.array(histogramFor(family)),
        target,
        (samples, histograms, target) => {
          const reader = family.create(context)
          const read = reader.read(samples, histograms, target)
          reader.facts?.()
          for (const o of read) {
            expect(ports(o) && wholes(o)).toBe(true)
            expect(o.reason.length).toBeLessThanOrEqual(100)
            expect(o.spanMs).toBeGreaterThan(0)
            expect(o.key >= 0n && o.key < 2n ** 64n).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('gives the same whatever the order of the series, with the same keys', () => {
    fc.assert(
      fc.property(seriesOf(family), fc.infiniteStream(fc.nat()), (samples, order) => {
        const shuffled = samples
          .map((sample) => ({ sample, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ sample }) => sample)
        expect(sorted(readAll(family, shuffled))).toEqual(sorted(readAll(family, samples)))
      }),
      { numRuns: 100 },
    )
  })

  it('has one observation for each edge, facet and interval', () => {
    fc.assert(
      fc.property(seriesOf(family), (samples) => {
        const places = readAll(family, samples).map(({ key: _key, ...o }) =>
          JSON.stringify([place({ l7: 'none', ...o }), o.time, o.spanMs]),
        )
        expect(new Set(places).size).toBe(places.length)
      }),
      { numRuns: 100 },
    )
  })
})

/** The family's own series with a label or two changed, or any labels. */
const near = (family: MetricFamily): fc.Arbitrary<Labels> =>
  fc.oneof(
    labels,
    labels.map((own) => ({ ...bases[family.id], ...Object.fromEntries(Object.entries(own).slice(0, 2)) })),
  )

/** Well-formed series of one scrape. */
const seriesOf = (family: MetricFamily) =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...family.counters),
        near(family),
        fc.integer({ min: 1, max: 100 }),
        fc.bigInt({ min: 1n, max: 2n ** 60n }),
      )
      .map(([metric, own, value, key]): Sample => ({ metric, labels: own, value, from: 10_000, to: 25_000, key })),
    { maxLength: 12 },
  )

const place = ({
  type,
  reporter,
  from,
  to,
  fromIp,
  toIp,
  port,
  protocol,
  verdict,
  reason,
  encryption,
  cluster,
  l7,
}: Place) => [type, reporter, from, to, fromIp, toIp, port, protocol, verdict, reason, encryption, cluster, l7]

type Place = Omit<Observation, 'key'> & { readonly l7: L7Protocol }

const total = (observations: readonly Observation[]) =>
  observations.reduce(
    (sum, o) => ({
      requests: sum.requests + (o.type === 'request' ? o.requests : 0),
      responses: sum.responses + (o.type === 'request' ? o.responses : 0),
      flows: sum.flows + (o.type === 'flow' ? (o.flows ?? 0) : 0),
      bytes: sum.bytes + (o.type === 'flow' ? (o.bytesSent ?? 0) + (o.bytesReceived ?? 0) : 0),
      latency:
        sum.latency + (o.type === 'request' && typeof o.latency === 'object' ? countOf(decodeSketch(o.latency)) : 0),
    }),
    { requests: 0, responses: 0, flows: 0, bytes: 0, latency: 0 },
  )

describe('splitting', () => {
  const split = (sample: Sample, share: number): Sample[] => {
    const first = Math.floor(sample.value * share)
    const middle = (sample.from + sample.to) / 2
    return [
      { ...sample, value: first, to: middle, key: sample.key * 2n },
      { ...sample, value: sample.value - first, from: middle, key: sample.key * 2n + 1n },
    ]
  }
  // Of a failure it is only within one interval that what was opened before is known.
  const calm = (sample: Sample) => (sample.labels.response_flags ?? '-') === '-' && !/fail/.test(sample.metric)

  it.each(families.map((family) => [family.id, family] as const))(
    '%s: the growth of a series in two scrapes is that of one',
    (_id, family) => {
      fc.assert(
        fc.property(seriesOf(family), fc.double({ min: 0, max: 1, noNaN: true }), (samples, share) => {
          const whole = samples.filter(calm)
          expect(
            total(
              readAll(
                family,
                whole.flatMap((sample) => split(sample, share)),
              ),
            ),
          ).toEqual(total(readAll(family, whole)))
        }),
        { numRuns: 100 },
      )
    },
  )

  it('equal samples have equal keys in every process, and others have others', () => {
    const read = (value: string, key: bigint) =>
      readAll(istio, [
        {
          metric: 'istio_requests_total',
          labels: { source_workload: value, source_workload_namespace: 'a' },
          value: 1,
          from: 0,
          to: 1,
          key,
        },
      ])
    expect(read('web', 1n)).toEqual(read('web', 1n))
    expect(read('web', 1n)[0]?.key).not.toBe(read('web', 2n)[0]?.key)
    expect(read('web', 1n)[0]?.key).toBe(4_608_721_274_856_706_537n)
  })
})
