import type { NodeKeys } from '@/core/encryption/ground'
import type { Endpoint, EndpointRef } from '@/core/endpoint'
import { hopOf, ipVersion, outsidePlace, type Place } from '@/core/witness/hop'
import { inferWorkload } from '@/core/inventory/infer-workload'
import type { Behind } from '@/core/inventory/inventory-services'
import { addressClass } from '@/core/ip'
import type { Observation } from '@/core/observation'
import { serviceOfHost } from '@/core/services/service-host'
import type { Hop } from '@/core/verdict'

/** What resolution asks of the Kubernetes inventory; null where it knows nothing as of `time` (milliseconds). */
export type InventoryLookup = {
  /** Grows with every change, so that answers can be cached. */
  readonly version: number
  workloadOf(cluster: string, namespace: string, pod: string, time: number): Endpoint | null
  /** Without a namespace: the only workload of that name. */
  workloadNamed(cluster: string, namespace: string, name: string, time: number): Endpoint | null
  behindService(cluster: string, namespace: string, name: string, port: number): Behind | null
  resolveIp(cluster: string, ip: string, time: number): Endpoint | null
  /** By the pod's name, else by the address. */
  placeOf(cluster: string, namespace: string, pod: string, ip: string, time: number): Place | null
  nodeKeys(cluster: string, node: string, time: number): NodeKeys | null
}

export const noInventory: InventoryLookup = {
  version: 0,
  workloadOf: () => null,
  workloadNamed: () => null,
  behindService: () => null,
  resolveIp: () => null,
  placeOf: () => null,
  nodeKeys: () => null,
}

/** The two ends of a call and the port that the callee listens on, with Services resolved to what is behind them, and the way between their nodes. */
export type Resolved = { readonly from: Endpoint; readonly to: Endpoint; readonly port: number; readonly hop: Hop }

export type Resolver = {
  /** The endpoint that `ref` and `ip` were at `time`. Equal endpoints are the same object. O(1), O(log n) on a cache miss. */
  resolve(ref: EndpointRef, ip: string, cluster: string, time: number): Endpoint
  resolveCall(observation: Observation): Resolved
}

/** Who an end was and where; by ref, until the inventory changes or another address asks. */
type Cached = {
  readonly ip: string
  readonly version: number
  readonly endpoint: Endpoint
  readonly place: Place | null
}

const maxInterned = 200_000
const shortHost = /^([a-z0-9-]{1,63})(?:\.([a-z0-9-]{1,63}))?$/

/** Turns what sources say about an end into who it was, as of the flow's time. */
export function createResolver(inventory: InventoryLookup): Resolver {
  const byRef = new WeakMap<EndpointRef, Cached>()
  let interned = new Map<string, Endpoint>()

  const intern = (cluster: string, namespace: string, kind: string, name: string): Endpoint => {
    const key = `${cluster}\0${namespace}\0${kind}\0${name}`
    let endpoint = interned.get(key)
    if (!endpoint) {
      if (interned.size >= maxInterned) interned = new Map()
      endpoint = { cluster, namespace, kind, name }
      interned.set(key, endpoint)
    }
    return endpoint
  }
  const keep = (e: Endpoint) => intern(e.cluster, e.namespace, e.kind, e.name)

  const pod = (ref: EndpointRef, cluster: string, time: number): Endpoint | null => {
    const { namespace = '' } = ref
    if (ref.pod && namespace) {
      const known = inventory.workloadOf(cluster, namespace, ref.pod, time)
      if (known) return keep(known)
    }
    const workload = namespace || ref.workload ? inferWorkload(ref) : null
    if (!workload) return null
    const named = workload.kind === 'Workload' ? inventory.workloadNamed(cluster, namespace, workload.name, time) : null
    return named ? keep(named) : intern(cluster, namespace, workload.kind, workload.name)
  }

  const reserved = (ref: EndpointRef, ip: string, cluster: string, time: number): Endpoint | null => {
    const name = ref.reserved
    if (name === undefined || name === 'unknown' || name === 'unmanaged' || name === 'init' || name === 'health')
      return null
    if (name === 'world') return null
    if (name === 'kube-apiserver') return intern(cluster, '', 'External', 'kube-apiserver')
    if (ref.node) return intern(cluster, '', 'Node', ref.node)
    const byIp = ip ? inventory.resolveIp(cluster, ip, time) : null
    if (byIp) return keep(byIp)
    return intern(cluster, '', 'Node', name === 'remote-node' || name === 'host' ? ip || name : name)
  }

  const byAddress = (ref: EndpointRef, ip: string, cluster: string, time: number): Endpoint => {
    const known = ip ? inventory.resolveIp(cluster, ip, time) : null
    if (known) return keep(known)
    const name = ref.names?.[0]
    const service = ref.service ?? (name === undefined ? null : serviceOfHost(name))
    if (service) return intern(cluster, service.namespace, 'Service', service.name)
    if (name) return intern(cluster, '', ref.reserved === 'unknown' ? 'Unknown' : 'External', name)
    const kind = ref.reserved === 'world' ? 'External' : 'Unknown'
    switch (addressClass(ip)) {
      case 'public':
        return intern(cluster, '', 'External', 'Internet')
      case 'private':
        return intern(cluster, '', kind, ip)
      case 'none':
        return intern(cluster, '', kind, ref.reserved ?? 'unknown')
    }
  }

  const lookUp = (ref: EndpointRef, ip: string, cluster: string, time: number): Endpoint =>
    pod(ref, cluster, time) ?? reserved(ref, ip, cluster, time) ?? byAddress(ref, ip, cluster, time)

  /** A workload's own address is a pod's: a node's address stands for whoever spoke through the node. */
  const placeOf = (ref: EndpointRef, endpoint: Endpoint, ip: string, cluster: string, time: number): Place | null => {
    if (endpoint.kind === 'External') {
      const server = ref.reserved === 'kube-apiserver' ? inventory.placeOf(cluster, '', '', ip, time) : null
      return server ?? outsidePlace
    }
    if (endpoint.kind === 'Node' && ref.node) return { at: 'host', cluster, node: ref.node }
    const { namespace = '', pod: name = '' } = ref
    const byName = name === '' ? null : inventory.placeOf(cluster, namespace, name, '', time)
    if (byName) return byName
    const byIp = inventory.placeOf(cluster, '', '', ip, time)
    return byIp?.at === 'host' && endpoint.kind !== 'Node' ? null : byIp
  }

  const lookUpEnd = (ref: EndpointRef, ip: string, observer: string, time: number): Cached => {
    const cached = byRef.get(ref)
    if (cached && cached.version === inventory.version && cached.ip === ip) return cached
    const cluster = ref.cluster || observer
    const endpoint = lookUp(ref, ip, cluster, time)
    const place = placeOf(ref, endpoint, ip, cluster, time)
    const found = { ip, version: inventory.version, endpoint, place }
    // A name settles who it was; an address may be reused, so its answer holds for this time only.
    if (ref.pod || ref.workload) byRef.set(ref, found)
    return found
  }

  let keysTime = 0
  const keysOf = (cluster: string, node: string) => inventory.nodeKeys(cluster, node, keysTime)

  /** A call to a Service went to what is behind it, on the port that this listens on. */
  const behind = (to: Endpoint, o: Observation): { readonly to: Endpoint; readonly port: number } => {
    const service = to.kind === 'Service' ? to : o.port === 0 && o.protocol === 'tcp' ? o.to.service : undefined
    if (!service) return { to, port: o.port }
    const found = inventory.behindService(to.cluster, service.namespace, service.name, o.port)
    if (!found) return { to, port: o.port }
    if (to.kind !== 'Service') return { to, port: found.port }
    return found.endpoint ? { to: keep(found.endpoint), port: found.port || o.port } : { to, port: o.port }
  }

  /** A short host (`cart`, `cart.shop`) is a Service where there is one of that name in the caller's or the named namespace. */
  const named = (to: Endpoint, from: Endpoint): Endpoint => {
    if (to.kind !== 'External') return to
    const [, name, namespace = from.namespace] = shortHost.exec(to.name) ?? []
    if (!name || !inventory.behindService(to.cluster, namespace, name, 0)) return to
    return intern(to.cluster, namespace, 'Service', name)
  }

  return {
    resolve: (ref, ip, observer, time) => lookUpEnd(ref, ip, observer, time).endpoint,
    resolveCall(o) {
      const from = lookUpEnd(o.from, o.fromIp, o.cluster, o.time)
      const to = lookUpEnd(o.to, o.toIp, o.cluster, o.time)
      keysTime = o.time
      const hop = hopOf(from.place, to.place, keysOf, ipVersion(o.toIp) ?? ipVersion(o.fromIp))
      return { from: from.endpoint, ...behind(named(to.endpoint, from.endpoint), o), hop }
    },
  }
}
