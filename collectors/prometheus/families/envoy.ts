import type { FamilyReader, Labels, MetricFamily, Sample, Target } from '../family'
import { clusterEnd } from './envoy-clusters'
import { istio } from './istio'
import { perLabels } from './labels'
import { statusClass } from './outcome'
import { answerName } from './answers'
import { type Place, createPlaces } from './place'
import { annotated, scraped } from './pods'
import { type Sum, addTo, createSums, isGrowth, isInterval } from './sums'

const path = '/stats/prometheus'

/** Envoy without a mesh: what a proxy sent to each of its clusters. Who called the proxy is not told. */
export const envoy: MetricFamily = {
  id: 'envoy',
  counters: [
    'envoy_cluster_upstream_rq_total',
    'envoy_cluster_upstream_rq_xx',
    'envoy_cluster_upstream_cx_total',
    'envoy_cluster_upstream_cx_connect_fail',
    'envoy_cluster_upstream_cx_rx_bytes_total',
    'envoy_cluster_upstream_cx_tx_bytes_total',
  ],
  gauges: ['envoy_cluster_upstream_cx_active'],
  histograms: ['envoy_cluster_upstream_rq_time'],
  matchers: '',
  scrapeOf(pod) {
    if (istio.scrapeOf(pod)) return null
    const where = annotated(pod)
    if (where) return where.path === path ? where : null
    return pod.labels['gateway.envoyproxy.io/owning-gateway-name'] === undefined ? null : { port: 19_001, path }
  },
  create: ({ cluster }) => createReader(cluster),
}

const noAnswer = answerName({ operation: '', code: '', flags: '' })
/** By the first digit of the status. */
const classes = [0, 1, 2, 3, 4, 5].map((digit) => answerName({ operation: '', code: `${digit}xx`, flags: '' }))

function createReader(cluster: string): FamilyReader {
  const sums = createSums('envoy')
  const places = createPlaces()

  const placeOf = (labels: Labels, target: Target | null, fields: Pick<Place, 'l7' | 'verdict' | 'reason'>) => {
    // Istio's bootstrap names the tags without the prefix.
    const name = labels.envoy_cluster_name ?? labels.cluster_name ?? ''
    const to = clusterEnd(name)
    if (!to) return null
    const refused = name.startsWith('BlackHole') && { verdict: 'denied' as const, reason: 'BlackHoleCluster' }
    return places({
      cluster,
      reporter: 'source',
      from: scraped(labels, target),
      to,
      port: to.port ?? 0,
      protocol: 'tcp',
      encryption: 'unknown',
      ...fields,
      ...refused,
    })
  }
  const decode = {
    http: perLabels((labels, target) => placeOf(labels, target, { l7: 'http', verdict: 'allowed', reason: '' })),
    tcp: perLabels((labels, target) => placeOf(labels, target, { l7: 'none', verdict: 'allowed', reason: '' })),
    failed: perLabels((labels, target) =>
      placeOf(labels, target, { l7: 'none', verdict: 'error', reason: 'connect_fail' }),
    ),
  }

  const request = (place: Place, sample: Sample) => {
    if (sample.metric === 'envoy_cluster_upstream_rq_total') return sums.add(place, sample, 'requests')
    const { envoy_response_code_class, response_code_class } = sample.labels
    const status = statusClass(envoy_response_code_class ?? response_code_class)
    // 1xx comes before the response.
    if (status === null || status < 2) return
    const error = status === 4 ? 'clientErrors' : 'serverErrors'
    sums.answered(place, sample, classes[status] ?? noAnswer, status >= 4 ? ['responses', error] : ['responses'])
  }

  const read = (sample: Sample, target: Target | null, failures: Map<Sum, Place>) => {
    const { metric, labels, value, from, to } = sample
    if (metric === 'envoy_cluster_upstream_rq_total' || metric === 'envoy_cluster_upstream_rq_xx') {
      const place = decode.http(labels, target)
      return place && request(place, sample)
    }
    const place = decode.tcp(labels, target)
    if (!place) return
    switch (metric) {
      case 'envoy_cluster_upstream_cx_total':
        return sums.add(place, sample, 'connections')
      case 'envoy_cluster_upstream_cx_tx_bytes_total':
        return sums.add(place, sample, 'bytesSent')
      case 'envoy_cluster_upstream_cx_rx_bytes_total':
        return sums.add(place, sample, 'bytesReceived')
      case 'envoy_cluster_upstream_cx_active':
        return sums.add(place, sample, 'connectionSeconds', (value * (to - from)) / 1000)
      case 'envoy_cluster_upstream_cx_connect_fail': {
        const failed = decode.failed(labels, target)
        if (!failed || failed === place || !isGrowth(value) || !isInterval(sample)) return
        const sum = sums.of(failed, sample)
        addTo(sum, 'refused', value)
        failures.set(sum, place)
      }
    }
  }

  return {
    read(samples, histograms, target) {
      const failures = new Map<Sum, Place>()
      for (const sample of samples) read(sample, target, failures)
      // The total has them too.
      for (const [sum, opened] of failures) sums.failed(sum, opened, sum.figures.get('refused') ?? 0)
      for (const histogram of histograms) {
        const place = decode.http(histogram.labels, target)
        if (place) sums.latency(place, histogram, 1)
      }
      return sums.take()
    },
  }
}
