import type { AddressPart } from './address-parts'
import { isNothing } from './connections'
import type { PortsByProtocol } from './decision'
import type { Workload } from './model'
import { portLine } from './port-text'
import type { AddressRange } from './ranges'

/** Who is at the other end, on the same ports. */
export type Reach = {
  readonly ports: PortsByProtocol
  readonly workloads: readonly Workload[]
  /** How many of them each namespace has, most first. */
  readonly namespaces: readonly NamespaceCount[]
  /** Addresses outside the cluster, neighbours as one. */
  readonly outside: readonly AddressRange[]
}
export type NamespaceCount = { readonly namespace: string; readonly workloads: number }

/** Other ends with the ports that pass; those with the same ports are taken together, the most workloads first. */
export function gatherReach(
  workloads: Iterable<readonly [Workload, PortsByProtocol]>,
  parts: Iterable<readonly [AddressPart, PortsByProtocol]>,
): readonly Reach[] {
  const found = new Map<string, { ports: PortsByProtocol; workloads: Workload[]; outside: AddressRange[] }>()
  // Ports that many ends share are mostly one object.
  const lines = new Map<PortsByProtocol, string>()
  const group = (ports: PortsByProtocol) => {
    const key = lines.get(ports) ?? portLine(ports)
    lines.set(ports, key)
    const known = found.get(key) ?? { ports, workloads: [], outside: [] }
    found.set(key, known)
    return known
  }
  for (const [workload, ports] of workloads) if (!isNothing(ports)) group(ports).workloads.push(workload)
  for (const [{ range }, ports] of parts) {
    if (isNothing(ports)) continue
    const { outside } = group(ports)
    const last = outside.at(-1)
    if (last && last.bits === range.bits && last.last + 1n === range.first)
      outside[outside.length - 1] = { ...last, last: range.last }
    else outside.push(range)
  }
  return [...found]
    .map(([key, one]) => ({ key, reach: { ...one, namespaces: countNamespaces(one.workloads) } }))
    .sort((a, b) => b.reach.workloads.length - a.reach.workloads.length || (a.key < b.key ? -1 : 1))
    .map(({ reach }) => reach)
}

export function countNamespaces(workloads: readonly Workload[]): readonly NamespaceCount[] {
  const counts = new Map<string, number>()
  for (const { namespace } of workloads) counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  return [...counts]
    .map(([namespace, number]) => ({ namespace, workloads: number }))
    .sort((a, b) => b.workloads - a.workloads || (a.namespace < b.namespace ? -1 : 1))
}
