import type { DiscoveredPod } from '@/collectors/source'
import type { Labels, Target } from '../family'
import type { End } from './place'
import { portOf } from './labels'

export type MetricsPort = { readonly port: number; readonly path: string }

/** Where a pod says by the usual annotations that it serves metrics; null where it says nothing. */
export function annotated(pod: DiscoveredPod): MetricsPort | null {
  const { annotations } = pod
  const port = portOf(annotations['prometheus.io/port'])
  if (annotations['prometheus.io/scrape'] !== 'true' || port === 0) return null
  return { port, path: annotations['prometheus.io/path'] ?? '/metrics' }
}

/** The number of the first port with one of these names; 0 where there is none. */
export const portNamed = (pod: DiscoveredPod, ...names: readonly string[]): number =>
  pod.ports.find(({ name }) => names.includes(name))?.port ?? 0

/** Labels that name a pod's owner in Linkerd's and others' scrape configurations, the top controller first. */
const owners: readonly (readonly [label: string, kind: string])[] = [
  ['deployment', 'Deployment'],
  ['statefulset', 'StatefulSet'],
  ['daemonset', 'DaemonSet'],
  ['cronjob', 'CronJob'],
  ['k8s_job', 'Job'],
  ['replicaset', 'ReplicaSet'],
]

/** The controller that labels with this prefix (`dst_`) name. */
export function ownerOf(labels: Labels, prefix = ''): { readonly kind: string; readonly name: string } | null {
  for (const [label, kind] of owners) {
    const name = labels[prefix + label]
    if (name) return { kind, name }
  }
  return null
}

/** The workload beside which a proxy runs: where it was scraped, else what labels of the scrape say. */
export function scraped(labels: Labels, target: Target | null): End {
  const namespace = target?.namespace ?? labels.namespace ?? labels.kubernetes_namespace
  const pod = target?.pod ?? labels.pod ?? labels.kubernetes_pod_name ?? labels.pod_name
  const workload = target?.workload ?? ownerOf(labels)
  if (!namespace) return { ref: { reserved: 'unknown' } }
  if (workload) return { ref: { namespace, workload } }
  return { ref: pod ? { namespace, pod } : { reserved: 'unknown' } }
}
