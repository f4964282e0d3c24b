import type { Blame } from '@/core/flows/answer-codes'
import type { DiscoveredPod } from '@/collectors/source'
import type { FamilyReader, MetricFamily, Sample } from '../family'
import { createHomes } from './homes'
import { type Calls, createCalls, reportingCluster } from './istio-calls'
import { perLabels } from './labels'
import { createPlaces } from './place'
import { annotated, portNamed } from './pods'
import { type Sum, createSums, addTo, isGrowth, isInterval } from './sums'

/**
 * Istio's standard metrics, of sidecars, gateways, waypoints and ztunnel. Bytes are named from the proxy's
 * downstream side, which is the caller's: `received` goes to the callee and `sent` comes back.
 */
export const istio: MetricFamily = {
  id: 'istio',
  counters: [
    'istio_requests_total',
    'istio_request_bytes_sum',
    'istio_response_bytes_sum',
    'istio_tcp_sent_bytes_total',
    'istio_tcp_received_bytes_total',
    'istio_tcp_connections_opened_total',
    'istio_tcp_connections_closed_total',
    'istio_tcp_connections_failed_total',
  ],
  gauges: [],
  histograms: ['istio_request_duration_milliseconds'],
  matchers: '',
  scrapeOf(pod) {
    if (isZtunnel(pod))
      return { port: portNamed(pod, 'ztunnel-stats') || annotated(pod)?.port || 15_020, path: '/metrics' }
    const port = portNamed(pod, 'http-envoy-prom')
    if (port > 0) return { port, path: '/stats/prometheus' }
    return pod.annotations['sidecar.istio.io/status'] === undefined ? null : { port: 15_090, path: '/stats/prometheus' }
  },
  create: ({ cluster }) => createReader(cluster),
}

const isZtunnel = ({ labels }: DiscoveredPod) =>
  labels.app === 'ztunnel' || labels['app.kubernetes.io/name'] === 'ztunnel'

const responses = ['responses'] as const
const none = [] as const
const errors = (blame: Blame) =>
  blame === 'caller' ? (['clientErrors'] as const) : blame === 'callee' ? (['serverErrors'] as const) : none

type Failure = { closed: number; failed: number; readonly opened: ReturnType<Calls['opened']> }

function createReader(cluster: string): FamilyReader {
  const sums = createSums('istio')
  const places = createPlaces()
  const homes = createHomes(cluster)
  const decoders = () => {
    const calls = createCalls(homes, places)
    return {
      request: perLabels(calls.request),
      connection: perLabels(calls.connection),
      opened: perLabels(calls.opened),
    }
  }
  let decode = decoders()

  const read = (sample: Sample, failures: Map<Sum, Failure>) => {
    const { metric, labels, value } = sample
    if (metric === 'istio_requests_total') {
      const request = decode.request(labels)
      if (!request) return
      const { place, answer, responded, blame } = request
      sums.answered(place, sample, answer, ['requests', ...(responded ? responses : none), ...errors(blame)])
      return
    }
    const place = decode.connection(labels)
    if (!place) return
    switch (metric) {
      case 'istio_request_bytes_sum':
      case 'istio_tcp_received_bytes_total':
        return sums.add(place, sample, 'bytesSent')
      case 'istio_response_bytes_sum':
      case 'istio_tcp_sent_bytes_total':
        return sums.add(place, sample, 'bytesReceived')
      case 'istio_tcp_connections_opened_total':
        return sums.add(place, sample, 'connections')
      case 'istio_tcp_connections_closed_total':
      case 'istio_tcp_connections_failed_total': {
        if (place.verdict === 'allowed' || !isGrowth(value) || !isInterval(sample)) return
        const sum = sums.of(place, sample)
        const failure = failures.get(sum) ?? { closed: 0, failed: 0, opened: decode.opened(labels) }
        failure[metric === 'istio_tcp_connections_closed_total' ? 'closed' : 'failed'] += value
        failures.set(sum, failure)
      }
    }
  }

  return {
    read(samples, histograms) {
      let learnt = false
      for (const { labels } of samples) if (homes.note(reportingCluster(labels))) learnt = true
      if (learnt) decode = decoders()
      const failures = new Map<Sum, Failure>()
      for (const sample of samples) read(sample, failures)
      for (const [sum, { closed, failed, opened }] of failures) {
        // ztunnel counts a failed connection as closed too.
        const connections = Math.max(closed, failed)
        addTo(sum, 'refused', connections)
        if (opened && opened !== sum.place) sums.failed(sum, opened, connections)
      }
      for (const histogram of histograms) {
        const request = decode.request(histogram.labels)
        if (request?.responded) sums.latency(request.place, histogram, 1, request.answer)
      }
      return sums.take()
    },
  }
}
