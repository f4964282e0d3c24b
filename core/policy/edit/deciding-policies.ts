import { evaluate } from '../evaluate'
import { type PolicyRef, refKey } from '../normal-form'
import type { PreparedGround } from '../what-if'
import { endOfGround } from '../what-if/ground-end'
import type { Wish } from './proposal'

/** The policies that decide on the edge of a wish as they are: the one with the deciding rule, else those that select the pod. */
export function decidingPolicies({ ground, compiled }: PreparedGround, wish: Wish): readonly PolicyRef[] {
  if (wish.wish === 'isolate') return []
  const { edge } = wish
  const [from, to] = [endOfGround(ground, edge.from), endOfGround(ground, edge.to)]
  if (!from || !to) return []
  const { decidedBy } = evaluate(compiled('left-out'), { from, to, protocol: edge.protocol, port: edge.port })
  const refs = decidedBy.policy ? [decidedBy.policy] : decidedBy.steps.flatMap(({ selecting }) => selecting)
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()]
}
