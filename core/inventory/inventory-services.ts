import type { Endpoint } from '../endpoint'
import type { EndpointSliceObject, InventoryObject, ServiceObject } from './inventory-object'

/** What a call to a Service reaches: the one workload behind it (null: none or several) and the port that it listens on (0: not known). */
export type Behind = { readonly endpoint: Endpoint | null; readonly port: number }

export type Services = {
  /** Learns of a Service or EndpointSlice that came, changed (`before`) or went (`now` undefined). */
  see(now: InventoryObject | undefined, before: InventoryObject | undefined): void
  /** As of now: Services seldom change. `port` 0: the Service's only port, where it has one. null for an unknown Service. O(endpoints, at most 200). */
  behind(namespace: string, name: string, port: number): Behind | null
}

/** Endpoints that are looked at to tell whether all are of one workload. */
const maxEndpoints = 200

/** `workloadOf`: workload of a Pod by its uid. */
export function createServices(workloadOf: (uid: string) => Endpoint | undefined): Services {
  const services = new Map<string, ServiceObject>()
  const slices = new Map<string, Map<string, EndpointSliceObject>>()

  const forget = (object: InventoryObject) => {
    if (object.kind === 'Service') services.delete(keyOf(object.namespace, object.name))
    if (object.kind !== 'EndpointSlice') return
    const key = keyOf(object.namespace, object.service)
    const own = slices.get(key)
    own?.delete(object.uid)
    if (own?.size === 0) slices.delete(key)
  }

  const remember = (object: InventoryObject) => {
    if (object.kind === 'Service') services.set(keyOf(object.namespace, object.name), object)
    if (object.kind !== 'EndpointSlice' || !object.service) return
    const key = keyOf(object.namespace, object.service)
    const own = slices.get(key)
    if (own) own.set(object.uid, object)
    else slices.set(key, new Map([[object.uid, object]]))
  }

  return {
    see(now, before) {
      if (before) forget(before)
      if (now) remember(now)
    },
    behind(namespace, name, port) {
      const key = keyOf(namespace, name)
      const service = services.get(key)
      if (!service) return null
      const own = [...(slices.get(key)?.values() ?? [])]
      return { endpoint: onlyWorkload(own, workloadOf), port: portBehind(service, own, port) }
    },
  }
}

function onlyWorkload(
  slices: readonly EndpointSliceObject[],
  workloadOf: (uid: string) => Endpoint | undefined,
): Endpoint | null {
  let only: Endpoint | null = null
  let seen = 0
  for (const { endpoints } of slices) {
    for (const { pod } of endpoints) {
      if (++seen > maxEndpoints) return only
      const endpoint = workloadOf(pod)
      if (!endpoint || (only && (only.kind !== endpoint.kind || only.name !== endpoint.name))) return null
      only = endpoint
    }
  }
  return only
}

function portBehind({ ports }: ServiceObject, slices: readonly EndpointSliceObject[], port: number): number {
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP')
  const own = port === 0 ? (tcp.length === 1 ? tcp[0] : undefined) : ports.find((each) => each.port === port)
  if (!own) return port
  for (const slice of slices) {
    const target = slice.ports.find(({ name }) => name === own.name)
    if (target) return target.port
  }
  return Number(own.targetPort) || (own.targetPort === '' ? own.port : 0)
}

const keyOf = (namespace: string, name: string) => `${namespace}/${name}`
