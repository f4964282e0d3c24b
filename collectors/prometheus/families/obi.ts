import type { Protocol, Reporter } from '@/core/verdict'
import type { FamilyReader, Labels, MetricFamily, Target } from '../family'
import { createHomes } from './homes'
import { hostOf, perLabels, portOf } from './labels'
import { type End, createPlaces } from './place'
import { annotated, portNamed } from './pods'
import { createSums } from './sums'

/** Network flows of OpenTelemetry's eBPF instrumentation and of Beyla: bytes, and nothing of what became of them. */
export const obi: MetricFamily = {
  id: 'obi',
  counters: ['obi_network_flow_bytes_total', 'beyla_network_flow_bytes_total'],
  gauges: [],
  histograms: [],
  matchers: '',
  scrapeOf(pod) {
    const name = pod.labels['app.kubernetes.io/name'] ?? ''
    if (!/^(beyla|obi|opentelemetry-ebpf-instrumentation)$/.test(name)) return null
    const port = portNamed(pod, 'metrics', 'prometheus', 'http-metrics')
    return port > 0 ? { port, path: '/metrics' } : annotated(pod)
  },
  create: ({ cluster }) => createReader(cluster),
}

function createReader(cluster: string): FamilyReader {
  const sums = createSums('obi')
  const places = createPlaces()
  const homes = createHomes(cluster)

  const decoder = () => perLabels((labels, target) => placeOf(labels, target))
  const placeOf = (labels: Labels, target: Target | null) => {
    // A response goes from the server to the client; the call it belongs to goes the other way.
    const reply = labels.direction === 'response'
    const [client, server] = reply ? (['dst', 'src'] as const) : (['src', 'dst'] as const)
    return places({
      cluster: homes.nameOf(labels.k8s_cluster_name ?? ''),
      reporter: reporterOf(labels, client, server, target),
      from: endOf(labels, client),
      to: endOf(labels, server),
      port: portOf(labels.server_port) || portOf(labels[`${server}_port`]),
      protocol: protocolOf(labels.transport),
      verdict: 'unknown',
      reason: '',
      encryption: 'unknown',
      l7: 'none',
    })
  }
  let decode = decoder()

  return {
    read(samples, _histograms, target) {
      let learnt = false
      for (const { labels } of samples)
        if (labels.k8s_cluster_name && homes.note(labels.k8s_cluster_name)) learnt = true
      if (learnt) decode = decoder()
      for (const sample of samples) {
        const figure = sample.labels.direction === 'response' ? 'bytesReceived' : 'bytesSent'
        sums.add(decode(sample.labels, target), sample, figure)
      }
      return sums.take()
    },
  }
}

type Side = 'src' | 'dst'

function endOf(labels: Labels, side: Side): End {
  const namespace = labels[`k8s_${side}_namespace`]
  const owner = labels[`k8s_${side}_owner_name`] || labels[`k8s_${side}_name`]
  const kind = labels[`k8s_${side}_owner_type`] || labels[`k8s_${side}_type`] || 'Workload'
  if (owner && kind === 'Node') return { ref: { reserved: 'remote-node', node: owner } }
  if (owner && namespace && kind === 'Service') return { ref: { service: { namespace, name: owner } } }
  if (owner && namespace) return { ref: { namespace, workload: { kind, name: owner } } }
  const address = hostOf(labels[`${side}_address`] ?? '')
  const name = labels[`${side}_name`] ?? ''
  const ip = address.ip ? address.name : ''
  if (name !== '' && !hostOf(name).ip) return { ref: { reserved: 'world', names: [name] }, ...(ip && { ip }) }
  return ip === '' ? { ref: { reserved: 'unknown' } } : { ref: {}, ip }
}

/** Told by the node on which the agent is, where the labels or the scrape give it. */
function reporterOf(labels: Labels, client: Side, server: Side, target: Target | null): Reporter {
  const node = target?.node || labels.k8s_node_name
  if (!node) return 'unknown'
  if (labels[`k8s_${server}_node_name`] === node) return 'destination'
  return labels[`k8s_${client}_node_name`] === node ? 'source' : 'unknown'
}

const protocols: ReadonlySet<string> = new Set<Protocol>(['tcp', 'udp', 'sctp', 'icmp'])

const protocolOf = (transport = ''): Protocol => {
  const name = transport.toLowerCase()
  return protocols.has(name) ? (name as Protocol) : 'unknown'
}
