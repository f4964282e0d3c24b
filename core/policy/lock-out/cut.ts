import type { Flow, PolicyVerdict } from '../decision'
import type { ChangeIndex } from '../index/change-index'
import type { ReplayEdge } from '../index/replay'
import { some } from '../lint/words'
import { type Workload, workloadKey } from '../model'

/** What is looked at. */
export const lockOutChecks = [
  'dns',
  'kube-apiserver',
  'gateways',
  'monitoring',
  'oriel',
  'kubelet-probes',
  'namespace',
] as const
export type LockOutCheck = (typeof lockOutChecks)[number]

/** A loss that a change brings, with one connection of it. */
export type Cut = {
  readonly check: LockOutCheck
  readonly verdict: Exclude<PolicyVerdict, 'allowed'>
  readonly workloads: readonly Workload[]
  readonly message: string
  readonly example: Flow
  /** Of callers: false where traffic is known and none was seen. */
  readonly used?: boolean
}

const order: readonly PolicyVerdict[] = ['allowed', 'undefined', 'denied']

/** The most that any of these connections may do; null: there are none. */
export function best(edges: readonly ReplayEdge[], verdictOf: (edge: ReplayEdge) => PolicyVerdict) {
  let found: { readonly edge: ReplayEdge; readonly verdict: PolicyVerdict } | null = null
  for (const edge of edges) {
    const verdict = verdictOf(edge)
    if (!found || order.indexOf(verdict) < order.indexOf(found.verdict)) found = { edge, verdict }
    if (verdict === 'allowed') break
  }
  return found
}

/** null: an end is not in the table. */
export function flowOf({ table }: ChangeIndex, { from, to, protocol, port }: ReplayEdge): Flow | null {
  const [source, destination] = [table.ends[from], table.ends[to]]
  return source && destination ? { from: source, to: destination, protocol, port } : null
}

export const namesOf = (workloads: readonly Workload[]): string => some(workloads.map(workloadKey))
