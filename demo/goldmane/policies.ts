import type { Workload } from '../model/cluster'
import type { KubernetesObject } from '../model/object'
import { labelsOf } from '../model/objects'
import type { CallMade } from '../traffic/made'
import { action, type Hit, policyKind } from './messages'

type Selector = { readonly matchLabels?: Readonly<Record<string, string>> }
type Peer = { readonly namespaceSelector?: Selector; readonly podSelector?: Selector }
type Rule = { readonly from?: readonly Peer[]; readonly ports?: readonly { readonly port: number }[] }
type Spec = { readonly podSelector: Selector; readonly ingress?: readonly Rule[] }

/** A policy on ingress, enforced or staged. */
export type Policy = {
  readonly kind: number
  readonly namespace: string
  readonly name: string
  readonly spec: Spec
}

/** The NetworkPolicies among the objects, in the order in which Calico asks them. */
export const policiesOf = (objects: Iterable<KubernetesObject>): Policy[] =>
  [...objects]
    .filter((object) => object.kind === 'NetworkPolicy')
    .map(({ metadata, spec }) => ({
      kind: policyKind.kubernetes,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      spec: spec as Spec,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Tried out before it is enforced: it would refuse the dashboards, which its author forgot. */
export const stagedPolicy: Policy = {
  kind: policyKind.staged,
  namespace: 'data',
  name: 'warehouse-callers',
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'warehouse-clickhouse' } },
    ingress: [
      {
        from: ['ingest', 'reports'].map((name) => ({
          podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
        })),
        ports: [{ port: 8123 }],
      },
    ],
  },
}

const matches = (selector: Selector | undefined, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value)

function admits(rule: Rule, policy: Policy, from: Workload | null, port: number): boolean {
  if (rule.ports && !rule.ports.some((one) => one.port === port)) return false
  if (!rule.from) return true
  if (!from) return false
  const { namespace, team } = { namespace: from.spec.namespace, team: from.namespace.team }
  const namespaceLabels = { 'kubernetes.io/metadata.name': namespace, team }
  return rule.from.some(
    (peer) =>
      (peer.namespaceSelector ? matches(peer.namespaceSelector, namespaceLabels) : namespace === policy.namespace) &&
      matches(peer.podSelector, labelsOf(from)),
  )
}

const profile = (workload: Workload): Hit => ({
  kind: policyKind.profile,
  name: `kns.${workload.spec.namespace}`,
  action: action.allow,
})

const hitOf = ({ kind, namespace, name }: Policy, what: number, ruleIndex: number): Hit => ({
  kind,
  namespace,
  name,
  tier: 'default',
  action: what,
  ruleIndex,
})

/** What decided about a call into a workload: the policy that allows it, the end of the tier, or the profile where no policy selects it. */
export function ingressTrace(policies: readonly Policy[], to: Workload, from: Workload | null, port: number): Hit[] {
  const selecting = policies.filter(
    ({ namespace, spec }) => namespace === to.spec.namespace && matches(spec.podSelector, labelsOf(to)),
  )
  for (const policy of selecting) {
    const rule = policy.spec.ingress?.findIndex((one) => admits(one, policy, from, port)) ?? -1
    if (rule >= 0) return [hitOf(policy, action.allow, rule)]
  }
  const last = selecting.at(-1)
  if (!last) return [profile(to)]
  const { kind, namespace, name } = last
  const trigger = { kind, namespace, name, tier: 'default' }
  return [{ kind: policyKind.endOfTier, tier: 'default', action: action.deny, ruleIndex: -1, trigger }]
}

/** The trace of a call as the caller's node has it: only a deny rule of its own says anything there. */
export function egressTrace({ from, denied }: CallMade): Hit[] {
  const [namespace = '', name = ''] = denied?.side === 'egress' ? (denied.policy?.split('/') ?? []) : []
  if (name) return [hitOf({ kind: policyKind.calico, namespace, name, spec: { podSelector: {} } }, action.deny, 0)]
  return from.workload ? [profile(from.workload)] : []
}
