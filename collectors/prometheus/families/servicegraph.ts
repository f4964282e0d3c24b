import type { EndpointRef } from '@/core/endpoint'
import type { Reporter } from '@/core/verdict'
import type { FamilyReader, HistogramSample, Labels, MetricFamily, Sample } from '../family'
import { hostOf, isDomain, perLabels } from './labels'
import { protocolNamed } from './outcome'
import { partyOfHost, serviceOf } from './parties'
import { type End, type Place, createPlaces } from './place'
import { portNamed } from './pods'
import { createSums } from './sums'

const serverSeconds = 'traces_service_graph_request_server_seconds'
const clientSeconds = 'traces_service_graph_request_client_seconds'

/** Edges that the OpenTelemetry Collector's servicegraph connector, Tempo or Beyla found in spans. */
export const servicegraph: MetricFamily = {
  id: 'servicegraph',
  counters: ['traces_service_graph_request_total', 'traces_service_graph_request_failed_total'],
  gauges: [],
  histograms: [serverSeconds, clientSeconds],
  matchers: '',
  scrapeOf(pod) {
    if (pod.labels['app.kubernetes.io/name'] !== 'opentelemetry-collector') return null
    const port = portNamed(pod, 'prometheus', 'promexporter', 'prom-exporter')
    return port > 0 ? { port, path: '/metrics' } : null
  },
  create: ({ cluster }) => createReader(cluster),
}

type Side = 'client' | 'server'

/** A place for each side that has spans. */
type Sides = Readonly<Partial<Record<Side, Place>>>

function createReader(cluster: string): FamilyReader {
  const sums = createSums('servicegraph')
  const places = createPlaces()

  const sidesOf = perLabels((labels): Sides => {
    const system = dimension(labels, 'client', 'messaging_system') || dimension(labels, 'server', 'messaging_system')
    const both = spansOf(labels)
    const placeOf = (reporter: Reporter) =>
      places({
        cluster,
        reporter,
        from: endOf(labels, 'client'),
        to: endOf(labels, 'server'),
        port: 0,
        protocol: 'tcp',
        // The callee's span proves that the call came through; the caller's alone does not.
        verdict: both.server ? 'allowed' : 'unknown',
        reason: '',
        encryption: 'unknown',
        l7: protocolNamed(system),
      })
    return {
      ...(both.client && { client: placeOf('source') }),
      ...(both.server && { server: placeOf('destination') }),
    }
  })

  const read = (sample: Sample) => {
    for (const place of Object.values(sidesOf(sample.labels))) {
      if (sample.metric === 'traces_service_graph_request_total') {
        sums.add(place, sample, 'requests')
        sums.add(place, sample, 'responses')
      } else if (sample.metric === 'traces_service_graph_request_failed_total') {
        sums.add(place, sample, 'serverErrors')
      }
    }
  }

  const latency = (histogram: HistogramSample) => {
    const sides = sidesOf(histogram.labels)
    const place = histogram.metric === serverSeconds ? sides.server : sides.client
    // A side without a span is told as a histogram of zeros.
    if (place && histogram.sum > 0) sums.latency(place, histogram, 1000)
  }

  return {
    read(samples, histograms) {
      for (const sample of samples) read(sample)
      for (const histogram of histograms) latency(histogram)
      return sums.take()
    },
  }
}

/**
 * Which sides have spans. `connection_type` is believed only where it names the missing side: some
 * exporters call every edge a virtual node.
 */
function spansOf(labels: Labels): Readonly<Record<Side, boolean>> {
  const { connection_type: type, virtual_node: missing } = labels
  const noClient = missing === 'client' || isUser(labels)
  const noServer = missing === 'server' || (type === 'database' && missing !== 'client')
  return { client: !noClient, server: !noServer }
}

/** The caller whom nobody traced: `user` by the connector's convention, unless more is known of a workload of that name. */
const isUser = (labels: Labels) =>
  labels.client === 'user' && labels.connection_type === 'virtual_node' && namespaceOf(labels, 'client') === ''

/** An attribute of one side; Prometheus wrote its dots as `_`. */
const dimension = (labels: Labels, side: Side, name: string) =>
  labels[`${side}_${name}`] ?? labels[`${side}_${name.replaceAll('_', '.')}`] ?? ''

const namespaceOf = (labels: Labels, side: Side) =>
  dimension(labels, side, 'k8s_namespace_name') || dimension(labels, side, 'k8s_namespace')

const kinds = [
  ['k8s_deployment_name', 'Deployment'],
  ['k8s_statefulset_name', 'StatefulSet'],
  ['k8s_daemonset_name', 'DaemonSet'],
  ['k8s_cronjob_name', 'CronJob'],
  ['k8s_job_name', 'Job'],
] as const

function endOf(labels: Labels, side: Side): End {
  if (side === 'client' && isUser(labels)) return { ref: { reserved: 'world' } }
  const name = labels[side] ?? ''
  const ref = workloadOf(labels, side)
  if (ref) return { ref }
  if (name === '') return { ref: { reserved: 'unknown' } }
  const namespace = namespaceOf(labels, side)
  // An application's own name may have dots; it is a host only where its side has no span.
  const host = hostOf(name)
  if (namespace === '' && (host.ip || serviceOf(host.name))) return withoutPort(partyOfHost(host))
  if (namespace === '' && !spansOf(labels)[side] && isDomain(host.name)) return withoutPort(partyOfHost(host))
  return { ref: { ...(namespace && { namespace }), workload: { kind: 'Workload', name } } }
}

const withoutPort = ({ ref, ip }: End): End => (ip === undefined ? { ref } : { ref, ip })

function workloadOf(labels: Labels, side: Side): EndpointRef | null {
  const namespace = namespaceOf(labels, side)
  if (namespace === '') return null
  for (const [attribute, kind] of kinds) {
    const name = dimension(labels, side, attribute)
    if (name) return { namespace, workload: { kind, name } }
  }
  const pod = dimension(labels, side, 'k8s_pod_name')
  return pod ? { namespace, pod } : null
}
