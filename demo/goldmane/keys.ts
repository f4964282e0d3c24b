import type { Pod } from '../model/cluster'
import { labelsOf, serviceName } from '../model/objects'
import type { CallEnd, CallMade } from '../traffic/made'
import { action, endpointType, type FlowKey, type Hit, reporter } from './messages'
import { egressTrace, ingressTrace, type Policy, stagedPolicy } from './policies'

/** A call as one node reports it. */
export type Report = {
  readonly id: string
  readonly key: FlowKey
  readonly sourceLabels: readonly string[]
  readonly destLabels: readonly string[]
}

/** All pods of a controller under one name, as Felix aggregates them. */
export const aggregateName = ({ owner }: Pod): string => `${owner.name}-*`

const none = '-'

const end = ({ pod }: CallEnd) =>
  pod
    ? { name: aggregateName(pod), namespace: pod.workload.spec.namespace, type: endpointType.workload }
    : { name: 'pub', namespace: none, type: endpointType.network }

const labels = ({ pod }: CallEnd): string[] => {
  if (!pod) return []
  const { spec } = pod.workload
  return Object.entries({
    ...labelsOf(pod.workload),
    'projectcalico.org/namespace': spec.namespace,
    'projectcalico.org/orchestrator': 'k8s',
    'projectcalico.org/serviceaccount': spec.name,
  }).map(([name, value]) => `${name}=${value}`)
}

/** How the caller's node and the callee's report a call: each with its own trace of policies, and only what reached it. */
export function reportsOf(call: CallMade, policies: readonly Policy[]): Report[] {
  const { from, to, denied } = call
  const reports: Report[] = []
  if (from.pod) {
    const trace = egressTrace(call)
    reports.push(report(call, reporter.source, denied?.side === 'egress', trace, trace))
  }
  if (to.pod && to.workload && denied?.side !== 'egress') {
    const { workload } = to
    const enforced = ingressTrace(policies, workload, from.workload, call.port)
    const pending = ingressTrace([...policies, stagedPolicy], workload, from.workload, call.port)
    reports.push(report(call, reporter.destination, denied !== null, enforced, pending))
  }
  return reports
}

function report(
  call: CallMade,
  by: number,
  denied: boolean,
  enforced: readonly Hit[],
  pending: readonly Hit[],
): Report {
  const { from, to, port, transport } = call
  const [source, dest] = [end(from), end(to)]
  // The Service is known where its address was translated: at the caller's node.
  const known = by === reporter.source || from.pod?.node === to.pod?.node
  const service = known && to.workload?.spec.ports.find((one) => one.port === port) ? to.workload : null
  const key: FlowKey = {
    sourceName: source.name,
    sourceNamespace: source.namespace,
    sourceType: source.type,
    destName: dest.name,
    destNamespace: dest.namespace,
    destType: dest.type,
    destPort: port,
    destServiceName: service ? serviceName(service) : none,
    destServiceNamespace: service ? service.spec.namespace : none,
    destServicePortName: service?.spec.ports.find((one) => one.port === port)?.name ?? none,
    destServicePort: service ? port : 0,
    proto: transport,
    reporter: by,
    action: denied ? action.deny : action.allow,
    policies: { enforced, pending },
  }
  return { id: JSON.stringify(key), key, sourceLabels: labels(from), destLabels: labels(to) }
}
