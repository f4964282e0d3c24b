import type { CompiledPolicies } from '../../compile'
import type { End } from '../../decision'
import type { Workload } from '../../model'
import type { Direction } from '../../normal-form'
import { parseSingle } from '../../ranges'
import { chooseLabels } from '../../suggest/choose-labels'
import type { LabelPick, NamespacePick, Peer, Visual } from '../visual'

/** A way to name an end in a kind, and what to know of it. */
export type NamedPeer = { readonly peer: Peer; readonly words: string; readonly cautions: readonly string[] }

/** Ways to name an end in rules of a policy, the narrowest first; none: the kind has no words for it. */
export function peersFor(
  compiled: CompiledPolicies,
  visual: Pick<Visual, 'dialect' | 'ref' | 'can'>,
  direction: Direction,
  end: End,
): readonly NamedPeer[] {
  const known = visual.can.peers[direction]
  return waysTo(compiled, visual, end).filter(({ peer }) => known.includes(peer.is))
}

function waysTo(compiled: CompiledPolicies, visual: Pick<Visual, 'dialect' | 'ref'>, end: End): readonly NamedPeer[] {
  if (end.type === 'workload') return workloadWays(compiled, visual, end.workload)
  if (end.type === 'node')
    return [
      ...(['host', 'remote-node'] as const).map((name) => plain({ is: 'entity', name }, `the entity ${name}`)),
      ...nodeRange(end.addresses),
    ]
  const names = end.names ?? []
  return [
    ...(compiled.catalogue.apiServer?.has(end.address)
      ? [plain({ is: 'entity', name: 'kube-apiserver' }, 'the API server')]
      : []),
    ...(names[0] === undefined ? [] : [plain({ is: 'domain', names: [names[0]] }, names[0])]),
    ...rangeOf([end.address]),
  ]
}

const plain = (peer: Peer, words: string): NamedPeer => ({ peer, words, cautions: [] })

function rangeOf(addresses: readonly string[]): readonly NamedPeer[] {
  const cidrs = addresses.flatMap((text) => {
    const single = parseSingle(text)
    return single ? [`${text}/${single.bits}`] : []
  })
  return cidrs.length === 0 ? [] : [plain({ is: 'range', cidrs, except: [] }, cidrs.join(', '))]
}

/** Where a kind has no word for nodes, nothing else is left to name one by. */
const nodeRange = (addresses: readonly string[]) =>
  rangeOf(addresses).map((named) => ({
    ...named,
    cautions: ['It names nodes by their addresses, which change: one that is replaced is no longer named.'],
  }))

function workloadWays(
  compiled: CompiledPolicies,
  { dialect, ref }: Pick<Visual, 'dialect' | 'ref'>,
  workload: Workload,
): readonly NamedPeer[] {
  const { namespace, serviceAccount } = workload
  if (dialect === 'istio-authorization') {
    const principal = `${compiled.options.trustDomain}/ns/${namespace}/sa/${serviceAccount}`
    const same = compiled.catalogue.model.workloads.filter(
      (one) => one !== workload && one.namespace === namespace && one.serviceAccount === serviceAccount,
    )
    const cautions = same.length === 0 ? [] : [`The service account ${serviceAccount} is also that of ${names(same)}.`]
    return [
      { peer: { is: 'principal', principals: [principal] }, words: `the identity of ${keyOf(workload)}`, cautions },
    ]
  }
  if (workload.hostNetwork) return nodeRange(workload.ips)
  const { pods, others } = labelsOf(compiled, workload)
  const own: NamespacePick = ref.namespace === namespace ? { pick: 'own' } : { pick: 'named', names: [namespace] }
  return [
    { peer: { is: 'pods', namespaces: own, pods }, words: keyOf(workload), cautions: alsoSelected(workload, others) },
  ]
}

/** The smallest stable labels of a workload, and whom else they select. */
export function labelsOf({ catalogue }: CompiledPolicies, workload: Workload) {
  const around = catalogue.model.workloads.filter(({ namespace }) => namespace === workload.namespace)
  const { labels, selects } = chooseLabels(workload, around)
  const pods: Extract<LabelPick, { terms: unknown }> = {
    terms: Object.entries(labels).map(([key, value]) => ({ key, op: 'in', values: [value] })),
  }
  return { labels, pods, others: selects.filter((one) => one !== workload) }
}

export const alsoSelected = (workload: Workload, others: readonly Workload[]): readonly string[] =>
  others.length === 0 ? [] : [`What names ${keyOf(workload)} also names ${names(others)}.`]

export const keyOf = ({ namespace, name }: Pick<Workload, 'namespace' | 'name'>): string => `${namespace}/${name}`

const most = 3
export function names(workloads: readonly Workload[]): string {
  const shown = workloads.slice(0, most).map(keyOf).join(', ')
  return workloads.length > most ? `${shown} and ${workloads.length - most} more` : shown
}
