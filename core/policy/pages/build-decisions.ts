import type { Decision, End, Flow, Judgement } from '../decision'
import { explain } from '../explain'
import { shownEnd } from '../find-end'
import type { GroundEdge, GroundEnd } from '../ground'
import { type PolicyRef, refKey } from '../normal-form'
import { coverWorkload } from './coverage'
import type { DecisionPage, EdgeDecision, EndCover, EndIsolation, SideDecision } from './decision-page'
import { differenceOf } from './differs'
import type { JudgedEdge, JudgedGround } from './judge-ground'

const mostEdges = 100
const mostEnds = 20

/** What the policies decide on some of the edges of a ground, by id. O(edges + wanted · their policies). */
export function buildDecisions(judged: JudgedGround, wanted: ReadonlySet<string>): DecisionPage {
  const { ground } = judged
  const own = judged.edges
    .filter(({ edge }) => wanted.has(edge.id))
    .map((one) => ({ one, difference: differenceOf(one, ground.lastChange) }))
    .toSorted(
      (a, b) =>
        Number(b.difference !== null) - Number(a.difference !== null) ||
        b.one.edge.evidence.count - a.one.edge.evidence.count,
    )
  return {
    cluster: ground.cluster,
    at: ground.at,
    period: ground.period,
    hidesNamespaces: ground.hidesNamespaces,
    edges: own.slice(0, mostEdges).map(({ one, difference }) => ({ ...decisionOf(judged, one), difference })),
    edgeCount: own.length,
    differing: own.filter(({ difference }) => difference !== null).length,
    ends: endsOf(
      judged,
      own.map(({ one }) => one.edge),
    ),
    flow: null,
  }
}

function decisionOf(judged: JudgedGround, { edge, judged: known }: JudgedEdge): EdgeDecision {
  const { id, protocol, port, allowed, denied, lastAllowed, lastDenied, witness, evidence } = edge
  const recorded = { allowed, denied, lastAllowed, lastDenied, witness, evidence }
  const about = { id, protocol, port, recorded, difference: null }
  if (known) return { ...about, ...explained(judged, known.flow, known.decision) }
  return {
    ...about,
    from: nameOf(judged, edge.from),
    to: nameOf(judged, edge.to),
    verdict: 'not-known',
    sentences: [notKnownText(edge)],
    sides: [],
  }
}

/** What a decision says, in words and by its parts. */
export const explained = ({ compiled }: JudgedGround, flow: Flow, decision: Decision) => ({
  from: shownEnd(flow.from),
  to: shownEnd(flow.to),
  verdict: decision.verdict,
  sentences: explain(compiled, flow, decision),
  sides: sidesOf(flow, decision),
})

function notKnownText({ from, to }: GroundEdge): string {
  const isHidden = [from, to].some((end) => end.type === 'unknown' && end.why === 'hidden')
  return isHidden
    ? 'What policies decide cannot be told: one end is outside what you may see.'
    : 'What policies decide cannot be told: it is not known who one end is, or the workload is no longer there.'
}

function nameOf({ ground: { model } }: JudgedGround, end: GroundEnd): string {
  switch (end.type) {
    case 'workload': {
      const workload = model.workloads[end.workload]
      return workload ? shownEnd({ type: 'workload', workload }) : ''
    }
    case 'node':
      return `node ${end.name}`
    case 'external':
      return end.address || (end.names[0] ?? 'the Internet')
    case 'unknown':
      return end.why === 'hidden' ? 'outside your scope' : 'not known'
  }
}

function sidesOf({ from, to }: Flow, { egress, ingress, mesh }: Decision): readonly SideDecision[] {
  const isPod = (end: End) => end.type === 'workload'
  const sides = [isPod(from) && egress, isPod(to) && ingress, isPod(to) && mesh.steps.length > 0 && mesh]
  return sides.flatMap((side) => (side ? [sideOf(side)] : []))
}

const sideOf = ({ layer, direction, verdict, reason, tier, policy, rule, steps }: Judgement): SideDecision => ({
  layer,
  direction,
  verdict,
  reason: reason.code,
  tier,
  policy,
  rule: rule && rule.path,
  selecting: unique(steps.flatMap(({ selecting }) => selecting)),
})

const unique = (refs: readonly PolicyRef[]): readonly PolicyRef[] => [
  ...new Map(refs.map((ref) => [refKey(ref), ref])).values(),
]

/** Workloads at the ends, those of most edges first. */
function endsOf({ ground, compiled }: JudgedGround, edges: readonly GroundEdge[]): readonly EndCover[] {
  const counts = new Map<number, number>()
  for (const { from, to } of edges)
    for (const end of [from, to])
      if (end.type === 'workload') counts.set(end.workload, (counts.get(end.workload) ?? 0) + 1)
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, mostEnds)
  return most.flatMap(([i]): readonly EndCover[] => {
    const workload = ground.model.workloads[i]
    if (!workload) return []
    const { namespace, name, kind } = workload
    return [
      { namespace, name, kind, ...coverWorkload<EndIsolation>(compiled, workload, (state, by) => ({ state, by })) },
    ]
  })
}
