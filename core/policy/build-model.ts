import {
  type EndpointSliceObject,
  type InventoryObject,
  isWorkload,
  type ServiceObject,
  type WorkloadObject,
} from '../inventory/inventory-object'
import { buildWorkloads, protocolNamed } from './build-workloads'
import type { GroundPods } from './ground-pods'
import { type LoadedEndpoints, withEndpoints } from './load-endpoints'
import type { Model, ModelNamespace, ModelNode, ModelObject, ModelService, ModelServiceAccount } from './model'

/** Every namespace carries its name as a label, as the API server sees to. */
const nameLabel = 'kubernetes.io/metadata.name'

/** The objects of a cluster at one moment, as the inventory has them. */
export type InventoryParts = {
  readonly pods: readonly GroundPods[]
  readonly objects: readonly InventoryObject[]
  /** Policies, as they were written. */
  readonly policies: readonly ModelObject[]
}

/** A cluster as the engine sees it, out of the inventory. O(objects). */
export function buildModel({ pods, objects, policies }: InventoryParts): Model {
  const namespaces = new Map<string, ModelNamespace>()
  const services: ModelService[] = []
  const slices: LoadedEndpoints[] = []
  const nodes: ModelNode[] = []
  const controllers: WorkloadObject[] = []
  const serviceAccounts: ModelServiceAccount[] = []
  for (const object of objects) {
    const { name, labels, annotations } = object
    if (object.kind === 'Namespace') namespaces.set(name, { name, labels, annotations })
    else if (object.kind === 'Service') services.push(serviceOf(object))
    else if (object.kind === 'EndpointSlice') slices.push(endpointsOf(object))
    else if (object.kind === 'ServiceAccount') serviceAccounts.push({ namespace: object.namespace, name, labels })
    else if (object.kind === 'Node') nodes.push({ name, labels, addresses: object.addresses })
    else if (isWorkload(object)) controllers.push(object)
  }
  const workloads = buildWorkloads(pods, controllers, JSON.stringify(policies))
  for (const { namespace } of [...workloads, ...services])
    if (!namespaces.has(namespace)) namespaces.set(namespace, { name: namespace, labels: {}, annotations: {} })
  return {
    namespaces: [...namespaces.values()].map((one) => ({ ...one, labels: { ...one.labels, [nameLabel]: one.name } })),
    workloads,
    services: withEndpoints(services, slices, workloads),
    nodes,
    serviceAccounts,
    objects: policies,
  }
}

function serviceOf(object: ServiceObject): ModelService {
  const { namespace, name, labels, selector, clusterIps, externalIps, externalName, type } = object
  return {
    namespace,
    name,
    labels,
    selector,
    clusterIps,
    ports: object.ports.flatMap(({ name, port, protocol, targetPort }) => {
      const known = protocolNamed(protocol)
      if (!known) return []
      return [{ name, port, protocol: known, targetPort: targetOf(targetPort, port) }]
    }),
    addresses: [],
    ...(clusterIps.length === 0 && type === 'ClusterIP' ? { headless: true as const } : {}),
    ...(externalIps.length > 0 ? { externalIps } : {}),
    ...(type === 'ExternalName' ? { externalName } : {}),
  }
}

const targetOf = (target: string, port: number): number | string =>
  target === '' ? port : /^\d+$/.test(target) ? Number(target) : target

function endpointsOf({ namespace, service, endpoints, ports }: EndpointSliceObject): LoadedEndpoints {
  return {
    namespace,
    service,
    slice: true,
    endpoints: [
      {
        addresses: endpoints.flatMap(({ addresses }) => addresses),
        ports: ports.flatMap(({ name, port, protocol }) => {
          const known = protocolNamed(protocol)
          return known ? [{ name, protocol: known, port: port === 0 ? null : port }] : []
        }),
      },
    ],
  }
}
