import type { Cluster, Pod } from '../model/cluster'
import { isMutualTls, linkerdId, proxyOf } from '../model/mesh'
import { serviceName } from '../model/objects'
import type { CallMade, Witness } from '../traffic/made'
import type { Registry, Target } from './registry'
import type { Labels } from './series'

/** Linkerd's own bounds, in milliseconds. */
const bounds = [1, 10, 100, 1000, 10_000].flatMap((decade) => [1, 2, 3, 4, 5].map((n) => n * decade))

const certificateLifeMs = 86_400_000

/** The metrics of Linkerd's proxies. */
export function linkerdMetrics(cluster: Cluster, registry: Registry): Witness {
  const targetOf = (pod: Pod): Target => {
    const { spec } = pod.workload
    const owner = spec.kind === 'CronJob' ? { k8s_job: pod.owner.name } : { [spec.kind.toLowerCase()]: spec.name }
    const target = registry.target(pod, 4191, 'linkerd-proxy', owner)
    const expiry = () => ({})
    if (target.series.size === 0) {
      // Certificates live a day and are renewed long before: of a pod older than that it is a fresh one.
      const issued = Math.max(pod.createdAt, registry.origin - certificateLifeMs / 4)
      registry.set(
        target,
        'identity_cert_expiration_timestamp_seconds',
        '',
        expiry,
        (issued + certificateLifeMs) / 1000,
      )
    }
    return target
  }
  const sides = function* (
    call: CallMade,
  ): Generator<{ target: Target; outbound: boolean; key: string; labels: Labels }> {
    if (call.transport === 'udp') return
    const { from, to } = call
    const mutual = from.workload && to.workload ? isMutualTls(from.workload, to.workload, call.port) : false
    const key = `${to.ip}:${call.port} ${to.workload ? '' : call.authority}`
    if (from.pod && from.workload && proxyOf(from.workload) === 'linkerd')
      yield { target: targetOf(from.pod), outbound: true, key: `out ${key}`, labels: outbound(call, mutual) }
    if (!call.denied && to.pod && to.workload && proxyOf(to.workload) === 'linkerd')
      yield {
        target: targetOf(to.pod),
        outbound: false,
        key: `in ${mutual ? from.workload?.uid : ''} ${key}`,
        labels: inbound(call, mutual),
      }
  }
  return {
    made(call) {
      const asRequests = (call.protocol === 'http' || call.protocol === 'grpc') && call.to.workload !== null
      for (const { target, outbound, key, labels } of sides(call)) {
        if (call.refusal?.by === 'linkerd' && !outbound) {
          // The proxy answers before it counts.
          const name = `inbound_${asRequests ? 'http' : 'tcp'}_authz_deny_total`
          registry.count(target, name, key, () => withoutAuthorization(labels), 1)
          continue
        }
        if (asRequests) countRequest(registry, target, key, labels, call)
        if (call.denied) continue
        const peer = { peer: outbound ? 'dst' : 'src', ...transport(labels) }
        const [there, back] = outbound ? ['write', 'read'] : ['read', 'write']
        registry.count(target, `tcp_${there}_bytes_total`, key, () => peer, call.bytesSent)
        registry.count(target, `tcp_${back}_bytes_total`, key, () => peer, call.bytesReceived)
        if (!call.opensConnection) continue
        registry.count(target, 'tcp_open_total', key, () => peer, 1)
        // The other half of the way, between the workload and its own proxy.
        const own = { direction: outbound ? 'outbound' : 'inbound', peer: outbound ? 'src' : 'dst', ...loopback }
        registry.count(target, 'tcp_open_total', `own ${outbound}`, () => own, 1)
      }
    },
    closed(call) {
      for (const { target, outbound, key, labels } of sides(call))
        registry.count(
          target,
          'tcp_close_total',
          key,
          () => ({ peer: outbound ? 'dst' : 'src', ...transport(labels), errno: '' }),
          1,
        )
    },
    lived() {
      for (const { spec, pods, namespace } of cluster.workloads.values())
        if ((spec.mesh ?? namespace.mesh) === 'linkerd') for (const pod of pods) targetOf(pod)
    },
  }
}

function countRequest(registry: Registry, target: Target, key: string, labels: Labels, call: CallMade): void {
  registry.count(target, 'request_total', key, () => labels, 1)
  const isCut = call.denied !== null || call.refusal?.reset === true
  const grpc = call.protocol === 'grpc' ? String(isCut ? 14 : (call.grpcStatus ?? 0)) : ''
  const code = String(isCut ? 503 : (call.httpCode ?? 0))
  const classification = call.failed || call.denied ? 'failure' : 'success'
  const status = { status_code: code, classification, grpc_status: grpc, error: call.denied ? 'connect timeout' : '' }
  const own = `${key} ${code} ${grpc} ${classification}`
  registry.count(target, 'response_total', own, () => ({ ...labels, ...status }), 1)
  registry.observe(target, 'response_latency_ms', own, () => ({ ...labels, ...status }), call.latency, bounds)
}

const withoutAuthorization = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('authz_')))

const loopback = { tls: 'no_identity', no_tls_reason: 'loopback' } as const

/** Connections are told without what only requests have. */
const transport = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== 'authority' && !name.startsWith('route_')))

const address = ({ to, port }: CallMade) => ({
  target_addr: `${to.ip}:${port}`,
  target_ip: to.ip,
  target_port: String(port),
})

function outbound(call: CallMade, mutual: boolean): Labels {
  const { workload, pod } = call.to
  const tls: Labels = mutual
    ? { tls: 'true', server_id: workload ? linkerdId(workload) : '' }
    : { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' }
  const base = { direction: 'outbound', ...address(call), ...tls }
  if (!workload || !pod) return base
  const { spec } = workload
  return {
    ...base,
    authority: call.authority,
    dst_namespace: spec.namespace,
    dst_service: serviceName(workload),
    [`dst_${spec.kind === 'CronJob' ? 'k8s_job' : spec.kind.toLowerCase()}`]: spec.name,
    dst_pod: pod.name,
    dst_serviceaccount: spec.name,
    dst_zone: '',
    dst_zone_locality: 'unknown',
    ...(mutual ? { dst_control_plane_ns: 'linkerd' } : {}),
  }
}

function inbound(call: CallMade, mutual: boolean): Labels {
  const { workload } = call.from
  return {
    direction: 'inbound',
    ...address(call),
    ...(mutual && workload
      ? { tls: 'true', client_id: linkerdId(workload) }
      : { tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' }),
    srv_group: '',
    srv_kind: 'default',
    srv_name: 'all-unauthenticated',
    srv_port: String(call.port),
    route_group: '',
    route_kind: 'default',
    route_name: 'default',
    authz_group: '',
    authz_kind: 'default',
    authz_name: 'all-unauthenticated',
  }
}
