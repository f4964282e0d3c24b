import { routeOperation } from '@/core/operations/operation-name'
import type { L7Protocol } from '@/core/verdict'
import { createRecent } from '@/collectors/kit/recent'
import type { FamilyReader, Labels, MetricFamily, Sample, Target } from '../family'
import { perLabels } from './labels'
import { createExpiries } from './linkerd-expiry'
import { encryptionOf, endsOf } from './linkerd-ends'
import { type AnswerName, answerName } from './answers'
import { blameOf, codeNamed, statusClass } from './outcome'
import { type Place, createPlaces } from './place'
import { portNamed, scraped } from './pods'
import { createSums } from './sums'

/**
 * Metrics of Linkerd's proxies. Bytes are told when a connection closes, so that a long-lived one looks
 * silent until then. `outbound_*_route_*` tell of the same requests once more and are left out.
 */
export const linkerd: MetricFamily = {
  id: 'linkerd',
  counters: [
    'request_total',
    'response_total',
    'tcp_open_total',
    'tcp_read_bytes_total',
    'tcp_write_bytes_total',
    'inbound_http_authz_deny_total',
    'inbound_tcp_authz_deny_total',
  ],
  gauges: ['tcp_open_connections', 'identity_cert_expiration_timestamp_seconds'],
  histograms: ['response_latency_ms'],
  // Other software has a request_total too. The certificate's gauge has no direction: only a scrape of ours tells it.
  matchers: '{direction=~"inbound|outbound"}',
  scrapeOf(pod) {
    const port = portNamed(pod, 'linkerd-admin')
    if (port > 0) return { port, path: '/metrics' }
    return pod.labels['linkerd.io/control-plane-ns'] === undefined ? null : { port: 4191, path: '/metrics' }
  },
  create: ({ cluster }) => createReader(cluster),
}

const maxGrpc = 50_000

const refused = answerName({ operation: '', code: '403', flags: '' })

/** Routes that somebody made (HTTPRoute, GRPCRoute) name what was asked; the proxy's own `default` and `probe` do not. */
const operationOf = ({ route_kind = '', route_name = '' }: Labels): string =>
  /route$/i.test(route_kind) ? routeOperation('', route_name) : ''
const askedOf = (labels: Labels): AnswerName => answerName({ operation: operationOf(labels), code: '', flags: '' })
const answerOf = (labels: Labels): AnswerName =>
  answerName({
    operation: operationOf(labels),
    code: codeNamed(labels.status_code, labels.grpc_status),
    flags: '',
  })

function createReader(cluster: string): FamilyReader {
  const sums = createSums('linkerd')
  const places = createPlaces()
  const expiries = createExpiries(cluster)
  /** Places whose responses had a gRPC status; requests and latencies have no label that tells. */
  const grpc = createRecent<true>(maxGrpc)

  const placeOf = (labels: Labels, target: Target | null, l7: L7Protocol, denied = false): Place | null => {
    const ends = endsOf(labels, target)
    if (!ends) return null
    const { from, to, reporter, port } = ends
    const { encryption, reason } = encryptionOf(labels)
    const refusal = labels.authz_name || labels.srv_name || 'denied'
    return places({
      cluster,
      reporter,
      from,
      to,
      port: port || (to.port ?? 0),
      protocol: 'tcp',
      verdict: denied ? 'denied' : 'allowed',
      reason: denied ? refusal : reason,
      encryption,
      l7,
    })
  }
  const decode = {
    http: perLabels((labels, target) => placeOf(labels, target, 'http')),
    tcp: perLabels((labels, target) => placeOf(labels, target, 'none')),
    deniedHttp: perLabels((labels, target) => placeOf(labels, target, 'http', true)),
    deniedTcp: perLabels((labels, target) => placeOf(labels, target, 'none', true)),
    asked: perLabels(askedOf),
    answer: perLabels(answerOf),
  }
  const spoken = (place: Place): Place => (grpc.get(place.text) ? places({ ...place, l7: 'grpc' }) : place)

  const read = (sample: Sample, target: Target | null) => {
    const { metric, labels, value, from, to } = sample
    switch (metric) {
      case 'request_total': {
        const place = decode.http(labels, target)
        return place && sums.answered(spoken(place), sample, decode.asked(labels, target), ['requests'])
      }
      case 'response_total': {
        const place = decode.http(labels, target)
        if (!place) return
        const at = spoken(place)
        const blame = blameOf(statusClass(labels.status_code), labels.grpc_status)
        const error = blame === 'caller' ? 'clientErrors' : 'serverErrors'
        sums.answered(at, sample, decode.answer(labels, target), blame ? ['responses', error] : ['responses'])
        return
      }
      case 'inbound_http_authz_deny_total': {
        const place = decode.deniedHttp(labels, target)
        if (!place) return
        // The proxy answers 403 itself, before it counts a request.
        sums.answered(place, sample, refused, ['requests', 'responses', 'clientErrors'])
        return
      }
      case 'inbound_tcp_authz_deny_total': {
        const place = decode.deniedTcp(labels, target)
        return place && sums.add(place, sample, 'refused')
      }
      case 'identity_cert_expiration_timestamp_seconds':
        return expiries.see(scraped(labels, target).ref, value, to)
    }
    const place = decode.tcp(labels, target)
    if (!place) return
    // What a proxy reads is the caller's on the side of its client, and the callee's on the side of its server.
    const reads = place.reporter === 'destination' ? 'bytesSent' : 'bytesReceived'
    const writes = place.reporter === 'destination' ? 'bytesReceived' : 'bytesSent'
    if (metric === 'tcp_open_total') sums.add(place, sample, 'connections')
    else if (metric === 'tcp_read_bytes_total') sums.add(place, sample, reads)
    else if (metric === 'tcp_write_bytes_total') sums.add(place, sample, writes)
    else if (metric === 'tcp_open_connections')
      sums.add(place, sample, 'connectionSeconds', (value * (to - from)) / 1000)
  }

  return {
    read(samples, histograms, target) {
      for (const { metric, labels } of samples) {
        if (metric !== 'response_total' || !labels.grpc_status) continue
        const place = decode.http(labels, target)
        if (place) grpc.set(place.text, true)
      }
      for (const sample of samples) read(sample, target)
      for (const histogram of histograms) {
        const place = decode.http(histogram.labels, target)
        if (place) sums.latency(spoken(place), histogram, 1, decode.asked(histogram.labels, target))
      }
      return sums.take()
    },
    facts: expiries.facts,
    readings: () => ({ tunnels: [], certificates: expiries.take() }),
  }
}
