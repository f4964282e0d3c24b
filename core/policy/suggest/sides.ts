import type { CompiledPolicies } from '../compile'
import type { Decision, Judgement } from '../decision'
import { evaluate } from '../evaluate'
import type { Workload } from '../model'
import type { Direction, Layer } from '../normal-form'
import { type Claim, claimsOf } from './claim'
import type { SuggestionFormat } from './formats/format'
import type { DraftContext } from './make-drafts'
import type { LeftOutReason } from './suggestion'
import type { UsableFlow } from './usable-flows'

/** One end of a connection at which policies of the format judge it. */
export type Side = {
  readonly flow: UsableFlow
  readonly direction: Direction
  readonly own: Workload
  /** decided: a rule allows it as things are. */
  readonly state: 'needs-rule' | 'decided'
  /** What a rule must name, or why none can. */
  readonly claims: readonly Claim[] | LeftOutReason
}

export type LeftOutSide = {
  readonly reason: LeftOutReason
  readonly flow: UsableFlow
  /** null: both. */
  readonly direction: Direction | null
}

export const judgementOf = (decision: Decision, layer: Layer, direction: Direction): Judgement =>
  layer === 'mesh' ? decision.mesh : decision[direction]

/** The sides of flows that policies do not deny, apart from those that no rule of the format is about. */
export function sidesOf(
  compiled: CompiledPolicies,
  flows: readonly UsableFlow[],
  format: SuggestionFormat,
  context: DraftContext,
) {
  const sides: Side[] = []
  const leftOut: LeftOutSide[] = []
  for (const flow of flows) {
    const decision = evaluate(compiled, flow.flow)
    if (decision.verdict === 'denied') leftOut.push({ reason: 'denied-by-policy', flow, direction: null })
    else
      for (const direction of format.directions) {
        const side = sideOf(compiled, flow, direction, decision, format, context)
        if (side?.state === 'needs-rule' && typeof side.claims === 'string')
          leftOut.push({ reason: side.claims, flow, direction })
        else if (side) sides.push(side)
      }
  }
  return { sides, leftOut }
}

function sideOf(
  { catalogue }: CompiledPolicies,
  flow: UsableFlow,
  direction: Direction,
  decision: Decision,
  format: SuggestionFormat,
  context: DraftContext,
): Side | null {
  const end = direction === 'ingress' ? flow.flow.to : flow.flow.from
  if (end.type !== 'workload') return null
  const own = end.workload
  const { options } = context
  if (options.namespaces && !options.namespaces.includes(own.namespace)) return null
  const { mesh } = own
  const isJudged = mesh === 'unknown' || (mesh === 'istio' && flow.flow.protocol === 'TCP')
  if (format.layer === 'mesh' && !isJudged) return null
  const { code } = judgementOf(decision, format.layer, direction).reason
  if (code === 'same-pod' || code === 'own-node' || code === 'not-a-pod') return null
  const { labels, selects } = context.subjectOf(own)
  const everybody = options.per === 'workload' && Object.keys(labels).length === 0 && selects.length > 1
  return {
    flow,
    direction,
    own,
    state: code === 'rule' ? 'decided' : 'needs-rule',
    claims: claimsFor(),
  }

  function claimsFor(): Side['claims'] {
    if (format.layer === 'mesh' && mesh === 'unknown') return 'open'
    return everybody ? 'no-stable-label' : claimsOf(flow, direction, own, format, catalogue)
  }
}
