import { endpointType } from '../endpoint'
import type { PodObject, WorkloadObject } from './inventory-object'

export type WorkloadName = { readonly kind: string; readonly name: string }

/**
 * The workload of a pod: its controller, lifted from ReplicaSet to Deployment (or whatever owns the
 * ReplicaSet) and from Job to CronJob. Controllers of kinds that nobody here knows are kept by name.
 * `find` gives the ReplicaSet or Job of a uid.
 */
export function workloadOfPod(pod: PodObject, find: (uid: string) => WorkloadObject | undefined): WorkloadName {
  const { owner } = pod
  // A static pod's owner is its Node, which is where it runs and not what it belongs to.
  if (!owner || endpointType(owner) !== 'workload') return { kind: 'Pod', name: pod.name }
  if (owner.kind !== 'ReplicaSet' && owner.kind !== 'Job') return nameOf(owner)
  const above = find(owner.uid)
  if (above) return above.owner && endpointType(above.owner) === 'workload' ? nameOf(above.owner) : nameOf(owner)
  return (owner.kind === 'ReplicaSet' && byTemplateHash(pod, owner.name)) || nameOf(owner)
}

/** Only the Deployment controller sets this label, and names its ReplicaSets by it. */
function byTemplateHash(pod: PodObject, replicaSet: string): WorkloadName | null {
  const hash = pod.labels['pod-template-hash']
  const suffix = `-${hash}`
  if (!hash || !replicaSet.endsWith(suffix) || replicaSet.length === suffix.length) return null
  return { kind: 'Deployment', name: replicaSet.slice(0, -suffix.length) }
}

const nameOf = ({ kind, name }: WorkloadName): WorkloadName => ({ kind, name })
