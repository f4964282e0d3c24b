import type { CompiledPolicies } from './compile'
import type { Decision, Flow, Judgement, PolicyVerdict } from './decision'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { policyName } from './policy-name'

/** What the policies say of a flow, as reports write it. */
export type FlowAnswer = {
  readonly verdict: PolicyVerdict
  readonly egress: SideAnswer
  readonly ingress: SideAnswer
  /** Only where a policy of a mesh was read. */
  readonly mesh?: SideAnswer
  /** Sentences. */
  readonly reason: string
}

/** What one layer says at one end. `policy` as in `NetworkPolicy shop/web`; `rule`: its path in the object. null: none decided. */
export type SideAnswer = {
  readonly verdict: PolicyVerdict
  readonly tier: string | null
  readonly policy: string | null
  readonly rule: string | null
}

export function answerFlow(compiled: CompiledPolicies, flow: Flow): FlowAnswer {
  const decision = evaluate(compiled, flow)
  const [, ...why] = explain(compiled, flow, decision)
  return answerOf(decision, why)
}

/** A decision that is explained already. */
export function answerOf({ verdict, egress, ingress, mesh }: Decision, why: readonly string[]): FlowAnswer {
  return {
    verdict,
    egress: sideAnswer(egress),
    ingress: sideAnswer(ingress),
    ...(mesh.steps.length > 0 ? { mesh: sideAnswer(mesh) } : {}),
    reason: why.join(' '),
  }
}

const sideAnswer = ({ verdict, tier, policy, rule }: Judgement): SideAnswer => ({
  verdict,
  tier,
  policy: policy && policyName(policy),
  rule: rule && rule.path,
})
