import type { End } from '../decision'
import type { Workload } from '../model'
import { parsedAddresses } from '../match-address'
import { parseSingle } from '../ranges'

/** Ends by number: the workloads of a model first, then whoever else is met in traffic. */
export type EndTable = {
  readonly ends: readonly End[]
  readonly workloads: readonly Workload[]
  readonly size: number
  /** Ends that no condition but one on addresses tells apart. */
  readonly classes: readonly EndClass[]
  /** Classes of workloads by namespace; the rest under null. */
  readonly byNamespace: ReadonlyMap<string | null, readonly EndClass[]>
  /** Ends with one address, sorted by it, for each family. */
  readonly addresses: Readonly<Record<32 | 128, readonly Addressed[]>>
  /** Ends with another number of addresses, or on the network of a node. */
  readonly otherAddresses: readonly number[]
}

export type EndClass = { readonly end: End; readonly members: readonly number[] }
export type Addressed = { readonly address: bigint; readonly end: number }

/** O(ends · log ends). */
export function endTable(workloads: readonly Workload[], others: readonly End[] = []): EndTable {
  const ends = [...workloads.map((workload): End => ({ type: 'workload', workload })), ...others]
  const classes = new Map<string, { end: End; members: number[] }>()
  const addresses: Record<32 | 128, Addressed[]> = { 32: [], 128: [] }
  const otherAddresses: number[] = []
  for (const [i, end] of ends.entries()) {
    const key = classKey(end, i)
    const known = classes.get(key)
    if (known) known.members.push(i)
    else classes.set(key, { end, members: [i] })
    const single = singleAddress(end)
    if (single) addresses[single.bits].push({ address: single.first, end: i })
    else otherAddresses.push(i)
  }
  for (const family of [32, 128] as const)
    addresses[family].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
  const byNamespace = new Map<string | null, EndClass[]>()
  for (const one of classes.values()) {
    const namespace = one.end.type === 'workload' ? one.end.workload.namespace : null
    const same = byNamespace.get(namespace)
    if (same) same.push(one)
    else byNamespace.set(namespace, [one])
  }
  return { ends, workloads, size: ends.length, classes: [...classes.values()], byNamespace, addresses, otherAddresses }
}

function singleAddress(end: End) {
  if (end.type === 'external') return end.rewritten === true ? null : parseSingle(end.address)
  if (end.type === 'node' || end.workload.hostNetwork) return null
  const parsed = parsedAddresses(end.workload.ips)
  return parsed.length === 1 ? (parsed[0] ?? null) : null
}

/** Everything but addresses and ports that a condition can see of a workload; what else there is, is a class of its own. */
function classKey(end: End, i: number): string {
  if (end.type !== 'workload') return String(i)
  const { namespace, labels, serviceAccount, hostNetwork, nodes, mesh } = end.workload
  const name = hostNetwork ? end.workload.name : ''
  return JSON.stringify([namespace, serviceAccount, hostNetwork, mesh, nodes, name, Object.entries(labels).sort()])
}
