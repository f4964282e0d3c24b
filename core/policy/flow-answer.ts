import type { CompiledPolicies } from './compile'
import type { Decision, Flow, Judgement, PolicyVerdict } from './decision'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { shownEnd } from './find-end'
import type { AskedFlow } from './flow-question'
import { policyName } from './policy-name'
import { evaluateService, type ServiceFlow } from './service-target'

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

export function answerFlow(compiled: CompiledPolicies, asked: AskedFlow): FlowAnswer {
  if ('serviceFlow' in asked) return answerService(compiled, asked.serviceFlow)
  const decision = evaluate(compiled, asked.flow)
  const [, ...why] = explain(compiled, asked.flow, decision)
  return answerOf(decision, why)
}

/** Of what is behind the Service: a side on which that is decided in several ways has no rule. */
function answerService(compiled: CompiledPolicies, flow: ServiceFlow): FlowAnswer {
  const found = evaluateService(compiled, flow)
  if (!found)
    return { verdict: 'undefined', egress: undecided, ingress: undecided, reason: 'There is no such Service.' }
  const { verdict, decisions, flows, doubts } = found
  const at = Math.max(
    decisions.findIndex((one) => one.verdict === verdict),
    0,
  )
  const [first, decision] = [flows[at], decisions[at]]
  if (!first || !decision)
    return { verdict, egress: undecided, ingress: undecided, reason: sentencesOf(doubts).join(' ') }
  const [, ...why] = explain(compiled, first, decision)
  const sides = decisions.map((one) => answerOf(one, []))
  const mesh = sides.flatMap((side) => side.mesh ?? [])
  return {
    verdict,
    egress: agreed(sides.map(({ egress }) => egress)),
    ingress: agreed(sides.map(({ ingress }) => ingress)),
    ...(mesh.length > 0 ? { mesh: agreed(mesh) } : {}),
    reason: [...sentencesOf(doubts), `It leads to ${someOf(flows.map(targetText))}.`, ...why].join(' '),
  }
}

/** One of the connections that one to a Service becomes: `shop/web[Deployment] TCP 8080`. */
export const targetText = ({ to, protocol, port }: Flow): string =>
  `${shownEnd(to)} ${protocol}${port === null ? '' : ` ${port}`}`

const someOf = (texts: readonly string[]) =>
  texts.length > 5 ? `${texts.slice(0, 4).join(', ')} and ${texts.length - 4} more` : texts.join(', ')

const undecided: SideAnswer = { verdict: 'undefined', tier: null, policy: null, rule: null }

function agreed(sides: readonly SideAnswer[]): SideAnswer {
  const [first] = sides
  if (!first) return undecided
  if (sides.every((side) => JSON.stringify(side) === JSON.stringify(first))) return first
  return {
    ...undecided,
    verdict: sides.every(({ verdict }) => verdict === first.verdict) ? first.verdict : 'undefined',
  }
}

const sentencesOf = (doubts: readonly string[]) =>
  doubts.map((doubt) => `${doubt.charAt(0).toUpperCase()}${doubt.slice(1)}.`)

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
