import type { EndpointRef } from '../endpoint'

/** The alphabet of Kubernetes' generated names (apimachinery rand.SafeEncodeString). */
const safe = 'bcdfghjklmnpqrstvwxz2456789'
/** `*`: all pods of a controller. */
const end = `([${safe}]{5}|\\*)`
const podOfDeployment = new RegExp(`^(.+)-[${safe}]{5,10}-${end}$`)
const podOfGenerated = new RegExp(`^(.+)-${end}$`)
const podOfStatefulSet = /^(.+)-\d+$/
const podOfCronJob = new RegExp(`^(.+)-\\d{8,10}-${end}$`)
const replicaSet = new RegExp(`^(.+)-[${safe}]{5,10}$`)

/**
 * The workload of an end, from what the source itself says: its workload field, else the pod's name
 * by the patterns of the Kubernetes controllers. `Workload` is the kind of a controller whose kind
 * the name does not give away. null when the ref names no pod and no workload.
 */
export function inferWorkload(ref: EndpointRef): { readonly kind: string; readonly name: string } | null {
  const { workload, pod } = ref
  if (workload?.kind === 'ReplicaSet') {
    const name = replicaSet.exec(workload.name)?.[1]
    return name ? { kind: 'Deployment', name } : workload
  }
  if (workload?.kind === 'Job') {
    const name = /^(.+)-\d{8,10}$/.exec(workload.name)?.[1]
    return name ? { kind: 'CronJob', name } : workload
  }
  if (workload?.name) return workload
  if (!pod) return null
  const cronJob = podOfCronJob.exec(pod)?.[1]
  if (cronJob) return { kind: 'CronJob', name: cronJob }
  const deployment = podOfDeployment.exec(pod)?.[1]
  if (deployment) return { kind: 'Deployment', name: deployment }
  const statefulSet = podOfStatefulSet.exec(pod)?.[1]
  if (statefulSet) return { kind: 'StatefulSet', name: statefulSet }
  const generated = podOfGenerated.exec(pod)?.[1]
  if (generated) return { kind: 'Workload', name: generated }
  return { kind: 'Pod', name: pod }
}
