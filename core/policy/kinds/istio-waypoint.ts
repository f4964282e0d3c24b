import type { Labels } from '../../inventory/inventory-object'
import type { ModelCatalogue } from '../catalogue'
import { anyNamespace, type EndMatch, namespaceNamed } from '../end-match'
import { labelled, podsBehind, workloads } from './mesh-objects'

export const gatewayName = 'gateway.networking.k8s.io/gateway-name'
const use = 'istio.io/use-waypoint'
const useNamespace = 'istio.io/use-waypoint-namespace'

/** Pods of waypoints, which are no workloads of their own. */
export const waypointPods = workloads(anyNamespace, labelled('gateway.istio.io/managed', 'istio.io-mesh-controller'))

/** A waypoint by namespace and name; null: every waypoint. */
export type Waypoint = { readonly namespace: string; readonly name: string } | null

/** Pods whose requests may come through a waypoint, as labels of their namespace, Service or own say. O(model). */
export function behindWaypoint({ model }: ModelCatalogue, waypoint: Waypoint): EndMatch {
  const uses = (labels: Labels, home: string) => {
    const name = labels[use]
    if (name === undefined || name === 'none') return false
    return waypoint === null || (name === waypoint.name && (labels[useNamespace] ?? home) === waypoint.namespace)
  }
  const spaces = model.namespaces.filter(({ name, labels }) => uses(labels, name)).map(({ name }) => name)
  const services = model.services.filter(({ namespace, labels }) => uses(labels, namespace))
  const pods = model.workloads.filter(({ namespace, labels }) => uses(labels, namespace))
  return {
    is: 'some',
    of: [
      ...(spaces.length > 0 ? [workloads(namespaceNamed(...spaces))] : []),
      ...services.flatMap((service) => podsBehind(service) ?? []),
      ...pods.map(({ namespace, labels }) => workloads(namespaceNamed(namespace), labelled(use, labels[use] ?? ''))),
    ],
  }
}
