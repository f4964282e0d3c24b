import type { Endpoint } from '../endpoint'
import { inventoryItems, type PodGroup, standsAlone } from './inventory-items'
import {
  type EndpointSliceObject,
  isActive,
  type PodObject,
  type ServiceObject,
  type WorkloadObject,
} from './inventory-object'
import type { InventoryItem } from '../world'

export type CurrentObjects = {
  readonly cluster: string
  readonly pods: Iterable<PodObject>
  readonly workloadOf: (pod: PodObject) => Endpoint | undefined
  readonly workloads: Iterable<WorkloadObject>
  readonly services: Iterable<ServiceObject>
  readonly slices: Iterable<EndpointSliceObject>
}

/** What exists, out of the objects themselves. */
export function currentItems(objects: CurrentObjects): InventoryItem[] {
  const { cluster, workloadOf } = objects
  const byPod = servicesByPod(objects.slices)
  const groups: PodGroup[] = []
  for (const pod of objects.pods) {
    const workload = isActive(pod) && workloadOf(pod)
    if (workload) groups.push({ workload, labels: pod.labels, services: [...(byPod.get(pod.uid) ?? [])], pods: 1 })
  }
  const endpointOf = ({ namespace, kind, name }: ServiceObject | WorkloadObject) => ({ cluster, namespace, kind, name })
  return inventoryItems({
    groups,
    workloads: [...objects.workloads]
      .filter(standsAlone)
      .map((workload) => ({ endpoint: endpointOf(workload), labels: workload.podLabels })),
    services: [...objects.services].map((service) => ({ endpoint: endpointOf(service), selector: service.selector })),
  })
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
