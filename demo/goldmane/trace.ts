import type { Judgement, RuleRef } from '@/core/policy/decision'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { Workload } from '../model/cluster'
import { action, type Hit, policyKind, policyKinds } from './messages'

/**
 * What decided about a call at one end, tier by tier: the rule that did, the end of a tier with the last policy that
 * selected the pod, or the profile where none did. Other networks’ policies are not met, but where they refuse.
 */
export function traceOf(judgement: Judgement, own: Workload): Hit[] {
  const hits = judgement.steps.flatMap(({ tier, rule, outcome, selecting }): Hit[] => {
    const done = outcome === 'deny' ? action.deny : outcome === 'next' ? action.pass : action.allow
    if (rule) return [{ ...named(rule.policy), tier, action: done, ruleIndex: ruleIndex(rule) }]
    const last = selecting.findLast((ref) => done !== action.pass || policyKinds[kindKey(ref)] !== undefined)
    return last ? [{ ...endOfTier, tier, action: done, trigger: { ...named(last), tier } }] : []
  })
  const decided = hits.at(-1)
  if (decided && decided.action !== action.pass) return hits
  return [...hits, { kind: policyKind.profile, name: `kns.${own.spec.namespace}`, action: action.allow }]
}

const endOfTier = { kind: policyKind.endOfTier, ruleIndex: -1 } as const

const kindKey = ({ group, kind }: Pick<PolicyRef, 'group' | 'kind'>) => `${group} ${kind}`

const named = ({ group, kind, namespace, name }: PolicyRef) => ({
  kind: policyKinds[kindKey({ group, kind })] ?? 1,
  namespace: namespace ?? '',
  name,
})

/** The last list index on the way to the rule (`spec.ingress[2]`). */
const ruleIndex = ({ path }: RuleRef): number => Number(/\[(\d+)\]/.exec(path)?.[1] ?? 0)
