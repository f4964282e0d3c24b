import { parseAddress } from '../cidr'
import type { End } from './decision'
import { endOf } from './evaluate'
import type { LoadedModel } from './load-model'
import { addressKey } from './load-endpoints'
import { type ModelService, type Workload, workloadKey, workloadName } from './model'

/** An end that somebody named, a Service that stands for ends, or a sentence that says why it is neither. `missing`: it has a name that nobody has. */
export type FoundEnd =
  | { readonly end: End }
  | { readonly service: ModelService }
  | { readonly problem: string; readonly missing?: true }

export type EndLookup = {
  /** By `namespace/name` of a workload or of one of its pods, or `namespace/name[Kind]`. */
  readonly byName: (name: string) => FoundEnd
  /** By an address: of a pod, a node, a Service, or outside. */
  readonly byAddress: (address: string) => FoundEnd
  /** A Service by `namespace/name`. */
  readonly byService: (name: string) => FoundEnd
}

/** O(model) to make; a look-up is O(1). */
export function endLookup({ model, pods }: Pick<LoadedModel, 'model' | 'pods'>): EndLookup {
  const byName = new Map<string, readonly Workload[]>()
  const add = (key: string, workload: Workload) => {
    const known = byName.get(key) ?? []
    if (!known.includes(workload)) byName.set(key, [...known, workload])
  }
  const byAddress = new Map<string, End[]>()
  const put = (address: string, end: End) => {
    const key = addressKey(address)
    byAddress.set(key, [...(byAddress.get(key) ?? []), end])
  }
  for (const workload of model.workloads) {
    add(workloadKey(workload), workload)
    add(workloadName(workload), workload)
    if (!workload.hostNetwork) for (const ip of workload.ips) put(ip, endOf(workload))
  }
  for (const [key, workload] of pods) {
    add(key, workload)
    add(`${key}[Pod]`, workload)
  }
  for (const { name, addresses } of model.nodes) for (const ip of addresses) put(ip, { type: 'node', name, addresses })
  const services = new Map(model.services.map((service) => [workloadKey(service), service]))
  const serviceAt = new Map(
    model.services.flatMap((service) =>
      [...service.clusterIps, ...(service.externalIps ?? [])].map((ip) => [addressKey(ip), service]),
    ),
  )
  return {
    byName: (name) => {
      const found = byName.get(name) ?? []
      const [only] = found
      if (only && found.length === 1) return { end: endOf(only) }
      if (only) return { problem: `${name} is one of ${found.map(workloadName).join(' and ')}; name it with its kind` }
      if (name.includes('/')) return { problem: `there is no pod or workload ${name}`, missing: true }
      return { problem: `${name} is not namespace/name` }
    },
    byAddress: (text) => {
      // How a socket of both families tells an IPv4 peer.
      const address = text.replace(/^::ffff:(?=[\d.]+$)/i, '')
      if (!parseAddress(address)) return { problem: `${address} is no address` }
      const key = addressKey(address)
      const found = byAddress.get(key) ?? []
      const [only] = found
      if (only && found.length === 1) return { end: only }
      if (only) return { problem: `${address} is the address of several pods or nodes` }
      const service = serviceAt.get(key)
      return service ? { service } : { end: { type: 'external', address } }
    },
    byService: (name) => {
      const service = services.get(name)
      return service ? { service } : { problem: `there is no Service ${name}`, missing: true }
    },
  }
}

/** An end as reports write it: `ns/name[Kind]`, `node n1`, or the address or name of what is outside. */
export function shownEnd(end: End): string {
  if (end.type === 'workload') return workloadName(end.workload)
  return end.type === 'node' ? `node ${end.name}` : end.address || (end.names?.[0] ?? '')
}
