import type { Cluster, Node, Pod, Workload } from '../model/cluster'
import { isMutualTls, proxyOf, throughWaypoint } from '../model/mesh'
import type { CallMade, Witness } from '../traffic/made'
import { edgeLabels, type Reporter, type View, viewKey } from './istio-labels'
import type { Registry, Target } from './registry'

/** Envoy's own bounds, in milliseconds. */
const bounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
]
/** What the way from proxy to proxy adds, milliseconds. */
const hopMs = 0.8

/** Sidecars and gateways read HTTP and gRPC inside the cluster; all else is bytes to them, and to ztunnel everything is. */
export const readsRequests = ({ protocol, to }: CallMade): boolean =>
  (protocol === 'http' || protocol === 'grpc') && to.workload !== null

type Seen = { readonly target: Target; readonly view: View; readonly asRequests: boolean }

/** The metrics of Istio's sidecars, gateways, waypoint and ztunnels. */
export function istioMetrics(cluster: Cluster, registry: Registry): Witness {
  const podOf = (workload: string, node?: Node): Pod | undefined =>
    cluster.workloads.get(workload)?.pods.find((pod) => !node || pod.node === node)
  const waypoint = () => podOf('catalog/waypoint')
  const envoy = (pod: Pod) => registry.target(pod, 15_090, 'istio-proxy')
  const ztunnel = (node: Node) => {
    const pod = podOf('istio-system/ztunnel', node)
    return pod ? registry.target(pod, 15_020, 'ztunnel', { app: 'ztunnel' }) : null
  }

  function* seenBy(call: CallMade): Generator<Seen> {
    if (call.transport === 'udp') return
    const { from, to, refusal } = call
    const denied = call.denied !== null || refusal?.reset === true
    const mutual = from.workload && to.workload ? isMutualTls(from.workload, to.workload, call.port) : false
    const asRequests = readsRequests(call)
    const { source, callee } = { source: from.workload, callee: to.workload }
    const [proxy, other] = [source && proxyOf(source), callee && proxyOf(callee)]
    const view = (reporter: Reporter, more: Partial<View> = {}): View => ({
      reporter,
      source,
      destination: callee,
      mutual,
      security: 'unknown',
      flags: call.denied ? 'UF' : denied ? 'UC' : '-',
      ...more,
    })
    if (from.pod && (proxy === 'sidecar' || proxy === 'gateway')) {
      // Without TLS between them, sidecars do not tell each other who they are on bare connections.
      const known = asRequests || mutual ? callee : null
      yield { target: envoy(from.pod), view: view('source', { destination: known }), asRequests }
    }
    if (!denied && to.pod && other === 'sidecar') {
      const security = mutual ? 'mutual_tls' : 'none'
      const known = mutual ? source : null
      yield { target: envoy(to.pod), view: view('destination', { source: known, security }), asRequests }
    }
    yield* seenInAmbient(call, view, mutual)
  }

  function* seenInAmbient(
    call: CallMade,
    view: (reporter: Reporter, more?: Partial<View>) => View,
    mutual: boolean,
  ): Generator<Seen> {
    const { from, to, refusal } = call
    const denied = call.denied !== null || refusal?.reset === true
    const security = mutual ? 'mutual_tls' : 'unknown'
    const flags = denied ? 'CONNECT' : '-'
    const middle = from.workload && to.workload && throughWaypoint(from.workload, to.workload) ? waypoint() : undefined
    const target = (pod: Pod | null, workload: Workload | null) =>
      pod && workload && proxyOf(workload) === 'ztunnel' ? ztunnel(pod.node) : null
    const near = target(from.pod, from.workload)
    if (near) {
      const destination = middle?.workload ?? to.workload
      yield { target: near, view: view('source', { destination, security, flags }), asRequests: false }
    }
    if (middle && !denied)
      yield { target: envoy(middle), view: view('waypoint', { security: 'mutual_tls' }), asRequests: true }
    const far = call.denied ? null : target(to.pod, to.workload)
    if (far) {
      const source = middle?.workload ?? from.workload
      const flag = denied ? 'DENY' : '-'
      yield { target: far, view: view('destination', { source, security, flags: flag }), asRequests: false }
    }
  }

  const count = ({ target, view }: Seen, call: CallMade, name: string, by: number) =>
    registry.count(
      target,
      name,
      viewKey(view, call),
      () => ({ ...edgeLabels(view, call, cluster.company.cluster), request_protocol: 'tcp' }),
      by,
    )
  return {
    made(call) {
      for (const seen of seenBy(call)) {
        const { target, view } = seen
        if (seen.asRequests) {
          const isCut = call.denied !== null || call.refusal?.reset === true
          const code = String(isCut ? 503 : (call.httpCode ?? 0))
          const grpc = call.protocol === 'grpc' ? String(isCut ? 14 : (call.grpcStatus ?? 0)) : ''
          const labels = () => ({
            ...edgeLabels(view, call, cluster.company.cluster),
            request_protocol: call.protocol,
            response_code: code,
            ...(grpc ? { grpc_response_status: grpc } : {}),
          })
          const key = `${viewKey(view, call)} ${call.protocol} ${code} ${grpc}`
          registry.count(target, 'istio_requests_total', key, labels, 1)
          const took = view.reporter === 'source' ? call.latency + hopMs : call.latency
          registry.observe(target, 'istio_request_duration_milliseconds', key, labels, took, bounds)
        } else if (call.denied || call.refusal?.reset) count(seen, call, 'istio_tcp_connections_failed_total', 1)
        else {
          if (call.opensConnection) count(seen, call, 'istio_tcp_connections_opened_total', 1)
          // Named from the side of the caller's connection: sent is what went back to the caller.
          count(seen, call, 'istio_tcp_received_bytes_total', call.bytesSent)
          count(seen, call, 'istio_tcp_sent_bytes_total', call.bytesReceived)
        }
      }
    },
    closed(call) {
      for (const seen of seenBy(call)) if (!seen.asRequests) count(seen, call, 'istio_tcp_connections_closed_total', 1)
    },
  }
}
