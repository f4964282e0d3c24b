import type { Decision, Judgement } from '../decision'
import type { GroundEdge } from '../ground'
import { type PolicyRef, refKey } from '../normal-form'
import { type HitCount, type Hits, hitTally, type HitTally } from './hits'
import type { JudgedGround } from './judge-ground'

/** How often each policy and rule decided, by what passed and was stopped in the period. */
export type PolicyHits = {
  readonly ofPolicy: (key: string) => Hits
  /** By the path of the rule in its object. */
  readonly ofRule: (key: string, path: string) => Hits
}

/**
 * Connections are credited to the rules that let them pass, one at each end and layer, or to what stops them: a rule, or
 * the policies that isolate where none matches. What happened against what the policies say is credited to nobody. Who
 * deciding policies are says the engine, with the policies as they are now, also of traffic before they were changed.
 * O(edges).
 */
export function policyHits({ edges }: JudgedGround): PolicyHits {
  const policies = hitTally()
  const rules = hitTally()
  for (const { edge, judged } of edges) {
    if (!judged) continue
    const { allowed, denied } = edge
    const { decision } = judged
    if (decision.verdict === 'allowed' && allowed) creditAllowed(policies, rules, decision, edge)
    if (decision.verdict === 'denied' && denied) creditDenied(policies, rules, decision.decidedBy, edge)
  }
  return { ofPolicy: policies.of, ofRule: (key, path) => rules.of(ruleKey(key, path)) }
}

const ruleKey = (policy: string, path: string): string => `${policy}\n${path}`

function creditAllowed(
  policies: HitTally,
  rules: HitTally,
  { egress, ingress, mesh }: Decision,
  { allowed, lastAllowed }: GroundEdge,
): void {
  const count: HitCount = { allowed: allowed ?? 0, last: lastAllowed, witness: 'engine' }
  const found = [egress, ingress, mesh].flatMap(({ rule }) => rule ?? [])
  for (const { policy, path } of found) rules.add(ruleKey(refKey(policy), path), count)
  for (const key of new Set(found.map(({ policy }) => refKey(policy)))) policies.add(key, count)
}

function creditDenied(
  policies: HitTally,
  rules: HitTally,
  judgement: Judgement,
  { denied, lastDenied }: GroundEdge,
): void {
  const count: HitCount = { denied: denied ?? 0, last: lastDenied, witness: 'engine' }
  const { rule } = judgement
  if (rule) rules.add(ruleKey(refKey(rule.policy), rule.path), count)
  for (const key of new Set((rule ? [rule.policy] : isolatingIn(judgement)).map(refKey))) policies.add(key, count)
}

/** Policies of the tier whose end decided. */
export const isolatingIn = ({ steps, tier }: Judgement): readonly PolicyRef[] =>
  steps.find((step) => step.tier === tier)?.selecting ?? []
