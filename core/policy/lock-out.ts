import type { CompiledPolicies } from './compile'
import type { Flow, PolicyVerdict } from './decision'
import { type Essentials, essentialsOf } from './essentials'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { changeIndex, type ChangeIndex } from './index/change-index'
import { cutCallees } from './lock-out/callees'
import { cutCallers, type SeenCalls } from './lock-out/callers'
import type { Cut, LockOutCheck } from './lock-out/cut'
import { cutNamespaces } from './lock-out/namespaces'
import { cutProbes } from './lock-out/probes'
import { type Workload, workloadName } from './model'

/** Something that worked before a change and does not, or perhaps does not, after it. */
export type LockOut = {
  readonly check: LockOutCheck
  /** Of the change; `undefined`: it is open whether it still works. */
  readonly verdict: Exclude<PolicyVerdict, 'allowed'>
  readonly workloads: readonly Workload[]
  /** One sentence. */
  readonly message: string
  /** One of the connections, and in sentences why it is so. */
  readonly example: Flow
  readonly why: readonly string[]
  /** false: it was possible, and recorded traffic tells that nobody did it. */
  readonly used: boolean
}

export type LockOutAnswer = {
  readonly found: readonly LockOut[]
  /** What could not be looked at, as sentences. */
  readonly unknown: readonly { readonly check: LockOutCheck; readonly reason: string }[]
}

/**
 * Whether a change of policies cuts what a cluster leans on. Only what the change turns is told, not what was cut
 * before. O(changed rows × what they lean on).
 * @param essentials by default those that names and labels tell
 */
export function lockOuts(
  before: CompiledPolicies,
  after: CompiledPolicies,
  essentials: Essentials = essentialsOf(after.catalogue),
): LockOutAnswer {
  const nodes = after.catalogue.model.nodes.map(({ name, addresses }) => ({ type: 'node', name, addresses }) as const)
  const apiServer = essentials.apiServer?.ends ?? []
  const change = changeIndex(before, after, [...apiServer, ...nodes])
  return lockOutsOf(change, essentials, {
    apiServer: change.others.slice(0, apiServer.length),
    nodes: change.others.slice(apiServer.length),
  })
}

/**
 * The same of an index that is there already, with the ends of the API server and the nodes in its table.
 * @param mostProbed probes to so many workloads are looked at
 * @param seen by recorded traffic; absent: not known
 */
export function lockOutsOf(
  change: ChangeIndex,
  essentials: Essentials,
  ends: EndNumbers,
  { mostProbed = Infinity, seen }: { readonly mostProbed?: number; readonly seen?: SeenCalls } = {},
): LockOutAnswer {
  const { compiled: after } = change.after
  const changed = change.table.workloads.filter((_, i) => change.isChanged('ingress', i)).length
  const partly = `Probes were looked at for ${mostProbed} of ${changed} workloads only.`
  return {
    found: cutsOf(change, essentials, ends, mostProbed, seen).map((cut) => lockOutOf(after, cut)),
    unknown: [
      ...unknownOf(after, essentials),
      ...(changed > mostProbed ? [{ check: 'kubelet-probes' as const, reason: partly }] : []),
    ],
  }
}

function lockOutOf(after: CompiledPolicies, { used = true, ...cut }: Cut): LockOut {
  const { example } = cut
  return { ...cut, used, why: explain(after, example, evaluate(after, example)) }
}

function unknownOf({ catalogue, options }: CompiledPolicies, essentials: Essentials): LockOutAnswer['unknown'] {
  const { model } = catalogue
  const missing: [LockOutCheck, boolean, string][] = [
    ['dns', essentials.dns === null, 'The DNS of the cluster is not among the workloads.'],
    [
      'kube-apiserver',
      essentials.apiServer === null,
      'Where the API server is behind its Service is not told, so whether pods reach it is not known.',
    ],
    ['gateways', essentials.gateways.length === 0, 'No gateway or ingress controller is known by its labels.'],
    ['monitoring', essentials.monitoring.length === 0, 'No monitoring is known by its labels.'],
    ['oriel', essentials.oriel.length === 0, 'Oriel is not among the workloads.'],
    [
      'kubelet-probes',
      options.profile === 'generic',
      'Kubernetes lets a node reach its own pods; which CNI is there, and whether it does so, is not known.',
    ],
    ['kubelet-probes', model.nodes.length === 0, 'The nodes are not known.'],
  ]
  return missing.flatMap(([check, isMissing, reason]) => (isMissing ? [{ check, reason }] : []))
}

/** Numbers of ends in the table of the change. */
export type EndNumbers = { readonly apiServer: readonly number[]; readonly nodes: readonly number[] }

function cutsOf(
  change: ChangeIndex,
  essentials: Essentials,
  ends: EndNumbers,
  mostProbed: number,
  seen?: SeenCalls,
): readonly Cut[] {
  const { dns, apiServer, gateways, monitoring, oriel } = essentials
  const numberOf = new Map(change.table.workloads.map((workload, i) => [workloadName(workload), i]))
  const numbers = (pods: readonly Workload[]) => pods.flatMap((pod) => numberOf.get(workloadName(pod)) ?? [])
  return [
    ...(dns ? cutCallees(change, 'dns', 'the DNS of the cluster', numbers(dns.pods), dns.ports) : []),
    ...(apiServer ? cutCallees(change, 'kube-apiserver', 'the API server', ends.apiServer, apiServer.ports) : []),
    ...cutCallers(change, 'gateways', numbers(gateways), 'be reached from the gateway', seen),
    ...cutCallers(change, 'monitoring', numbers(monitoring), 'be read by the monitoring', seen),
    ...cutCallers(change, 'oriel', numbers(oriel), 'be reached by Oriel', seen),
    ...cutProbes(change, ends.nodes, mostProbed),
    ...cutNamespaces(change),
  ]
}
