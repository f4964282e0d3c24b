import { type Endpoint, endpointKey } from './endpoint'
import {
  type EndpointSliceObject,
  isActive,
  type Labels,
  type PodObject,
  type ServiceObject,
  type WorkloadObject,
} from './inventory-object'
import type { InventoryItem } from './world'

export type ItemSources = {
  readonly cluster: string
  readonly pods: Iterable<{ readonly pod: PodObject; readonly workload: Endpoint }>
  readonly workloads: Iterable<WorkloadObject>
  readonly services: Iterable<ServiceObject>
  readonly slices: Iterable<EndpointSliceObject>
}

type Draft = { readonly endpoint: Endpoint; readonly services: Set<string>; pods: number }

/**
 * Workloads with the Services in front of them, and the Services, with their pods that are not
 * done. Grows with pods plus, per namespace, services × pods for selectors.
 */
export function inventoryItems(sources: ItemSources): InventoryItem[] {
  const drafts = new Map<string, Draft>()
  const draft = (endpoint: Endpoint): Draft => {
    const key = endpointKey(endpoint)
    let found = drafts.get(key)
    if (!found) drafts.set(key, (found = { endpoint, services: new Set(), pods: 0 }))
    return found
  }
  const inNamespace = groupServices(sources.services)
  const byPod = servicesByPod(sources.slices)
  const front = (item: Draft, namespace: string, labels: Labels, uid: string): Set<string> => {
    const names = new Set(byPod.get(uid))
    for (const service of inNamespace.get(namespace) ?? [])
      if (selects(service.selector, labels)) names.add(service.name)
    for (const name of names) item.services.add(name)
    return names
  }

  for (const service of sources.services) draft(serviceEndpoint(sources.cluster, service))
  for (const { pod, workload } of sources.pods) {
    if (!isActive(pod)) continue
    const item = draft(workload)
    item.pods++
    for (const name of front(item, pod.namespace, pod.labels, pod.uid)) {
      const { cluster } = sources
      draft({ cluster, namespace: pod.namespace, kind: 'Service', name }).pods++
    }
  }
  for (const workload of sources.workloads) {
    if (!standsAlone(workload)) continue
    const { namespace, kind, name } = workload
    front(draft({ cluster: sources.cluster, namespace, kind, name }), namespace, workload.podLabels, '')
  }
  return [...drafts.values()].map(({ endpoint, services, pods }) => ({
    endpoint,
    services: [...services].sort(),
    pods,
  }))
}

/** Whether it is shown also without pods: old ReplicaSets, a CronJob's runs and finished Jobs are not. */
const standsAlone = (workload: WorkloadObject): boolean =>
  workload.kind === 'ReplicaSet' || workload.kind === 'Job'
    ? workload.owner === null && !workload.finished && workload.replicas !== 0
    : true

/** Whether a Service's selector picks a pod with these labels; one without a selector picks none. */
export const selects = (selector: Labels | null, labels: Labels): boolean =>
  selector !== null &&
  Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)

function groupServices(services: Iterable<ServiceObject>): Map<string, ServiceObject[]> {
  const groups = new Map<string, ServiceObject[]>()
  for (const service of services) {
    const group = groups.get(service.namespace)
    if (group) group.push(service)
    else groups.set(service.namespace, [service])
  }
  return groups
}

function servicesByPod(slices: Iterable<EndpointSliceObject>): Map<string, Set<string>> {
  const byPod = new Map<string, Set<string>>()
  for (const slice of slices) {
    if (!slice.service) continue
    for (const { pod } of slice.endpoints) {
      if (!pod) continue
      const names = byPod.get(pod)
      if (names) names.add(slice.service)
      else byPod.set(pod, new Set([slice.service]))
    }
  }
  return byPod
}

const serviceEndpoint = (cluster: string, { namespace, name }: ServiceObject): Endpoint => ({
  cluster,
  namespace,
  kind: 'Service',
  name,
})
