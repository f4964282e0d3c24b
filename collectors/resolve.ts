import type { Endpoint, EndpointRef } from '@/core/endpoint'
import { inferWorkload } from '@/core/infer-workload'
import { addressClass } from '@/core/ip'

/** What resolution asks of the Kubernetes inventory; null where it knows nothing as of `time` (milliseconds). */
export type InventoryLookup = {
  /** Grows with every change, so that answers can be cached. */
  readonly version: number
  workloadOf(cluster: string, namespace: string, pod: string, time: number): Endpoint | null
  resolveIp(cluster: string, ip: string, time: number): Endpoint | null
}

export const noInventory: InventoryLookup = { version: 0, workloadOf: () => null, resolveIp: () => null }

export type Resolver = {
  /** The endpoint that `ref` and `ip` were at `time`. Equal endpoints are the same object. O(1), O(log n) on a cache miss. */
  resolve(ref: EndpointRef, ip: string, cluster: string, time: number): Endpoint
}

/** One end of every cached answer, by ref; an inventory change or another address asks again. */
type Cached = { ip: string; version: number; endpoint: Endpoint }

const maxInterned = 200_000

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
    if (!ref.namespace) return null
    if (ref.pod) {
      const known = inventory.workloadOf(cluster, ref.namespace, ref.pod, time)
      if (known) return keep(known)
    }
    const workload = inferWorkload(ref)
    return workload && intern(cluster, ref.namespace, workload.kind, workload.name)
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
    if (ref.service) return intern(cluster, ref.service.namespace, 'Service', ref.service.name)
    const name = ref.names?.[0]
    if (name) return intern(cluster, '', 'External', name)
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

  return {
    resolve(ref, ip, observer, time) {
      const cached = byRef.get(ref)
      if (cached && cached.version === inventory.version && cached.ip === ip) return cached.endpoint
      const endpoint = lookUp(ref, ip, ref.cluster || observer, time)
      // A pod's name settles who it was; an address may be reused, so its answer holds for this time only.
      if (ref.pod) byRef.set(ref, { ip, version: inventory.version, endpoint })
      return endpoint
    },
  }
}
