import type { Judgement } from '@/core/policy/decision'
import type { Pod, Workload } from '../model/cluster'
import { labelsOf, serviceName } from '../model/objects'
import type { CallEnd, CallMade } from '../traffic/made'
import { action, endpointType, type FlowKey, reporter } from './messages'
import { traceOf } from './trace'

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
export function reportsOf(call: CallMade): Report[] {
  const { from, to, denied, ruling } = call
  const { egress, ingress, pending } = ruling
  const reports: Report[] = []
  if (from.workload) reports.push(report(call, reporter.source, from.workload, egress, pending.egress))
  if (to.workload && denied?.direction !== 'egress')
    reports.push(report(call, reporter.destination, to.workload, ingress, pending.ingress))
  return reports
}

function report(call: CallMade, by: number, own: Workload, enforced: Judgement, pending: Judgement): Report {
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
    action: enforced.verdict === 'denied' ? action.deny : action.allow,
    policies: { enforced: traceOf(enforced, own), pending: traceOf(pending, own) },
  }
  return { id: JSON.stringify(key), key, sourceLabels: labels(from), destLabels: labels(to) }
}
