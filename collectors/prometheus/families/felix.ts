import type { FamilyContext, FamilyReader, MetricFamily, Sample, Target } from '../family'
import { createPeers } from './felix-peers'
import { hostOf, portOf } from './labels'
import { type End, createPlaces } from './place'
import { annotated, portNamed } from './pods'
import { createSums } from './sums'

const defaultPort = 51_820
const annotations = ['projectcalico.org/WireguardPublicKey', 'projectcalico.org/WireguardPublicKeyV6']

/**
 * Calico's WireGuard between nodes. What a node sent to a peer and what the peer received from it are the
 * same bytes, told by the two ends of one edge; so each direction is an edge of its own, and none is counted twice.
 */
export const felix: MetricFamily = {
  id: 'felix',
  counters: ['wireguard_bytes_sent', 'wireguard_bytes_rcvd'],
  gauges: ['wireguard_meta', 'wireguard_latest_handshake_seconds'],
  histograms: [],
  matchers: '',
  scrapeOf(pod) {
    if (pod.labels['k8s-app'] !== 'calico-node') return null
    // Felix serves metrics only where it is told to, and then the pod says so.
    const port = portNamed(pod, 'felix-metrics', 'http-metrics', 'metrics-port', 'metrics')
    return port > 0 ? { port, path: '/metrics' } : annotated(pod)
  },
  create: createReader,
}

function createReader({ cluster, nodes }: FamilyContext): FamilyReader {
  const sums = createSums('felix')
  const places = createPlaces()
  const peers = createPeers(cluster)
  const ports = new Map<string, number>()

  const read = (sample: Sample, target: Target | null, names: ReadonlyMap<string, string>) => {
    const { metric, labels, value, to } = sample
    const { public_key: own = '', peer_key: other = '', peer_endpoint: endpoint = '', hostname = '' } = labels
    const node = names.get(own) || hostname || target?.node || ''
    if (metric === 'wireguard_latest_handshake_seconds') return peers.see(node || own, other, value, to)
    if (metric !== 'wireguard_bytes_sent' && metric !== 'wireguard_bytes_rcvd') return
    const at = hostOf(endpoint)
    const here = endOf(node, '')
    const there = endOf(names.get(other) ?? '', at.ip ? at.name : '')
    const sent = metric === 'wireguard_bytes_sent'
    const place = places({
      cluster,
      reporter: sent ? 'source' : 'destination',
      from: sent ? here : there,
      to: sent ? there : here,
      port: (sent ? at.port : ports.get(own)) || ports.get(sent ? other : own) || defaultPort,
      protocol: 'udp',
      verdict: 'allowed',
      reason: '',
      encryption: 'wireguard',
      l7: 'none',
    })
    sums.add(place, sample, 'bytesSent')
  }

  return {
    read(samples, _histograms, target) {
      if (samples.length === 0) return []
      const names = namesByKey(nodes())
      ports.clear()
      for (const { metric, labels } of samples) {
        const port = portOf(labels.listen_port)
        if (metric === 'wireguard_meta' && labels.public_key && port > 0) ports.set(labels.public_key, port)
      }
      for (const sample of samples) read(sample, target, names)
      return sums.take()
    },
    facts: peers.facts,
    readings: () => ({ tunnels: peers.take(), certificates: [] }),
  }
}

/** A machine by its name, else by its address. */
const endOf = (node: string, ip: string): End =>
  node === '' ? { ref: { reserved: 'remote-node' }, ...(ip && { ip }) } : { ref: { reserved: 'remote-node', node } }

function namesByKey(nodes: ReturnType<FamilyContext['nodes']>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const node of nodes) {
    for (const annotation of annotations) {
      const key = node.annotations[annotation]
      if (key) names.set(key, node.name)
    }
  }
  return names
}
