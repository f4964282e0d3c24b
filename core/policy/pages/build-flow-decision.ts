import { sourceName } from '../../sources/source-name'
import type { FlowDetail } from '../../flows/flow-row'
import { policyTrace } from '../policy-trace'
import { evaluate } from '../evaluate'
import { endFinderOf } from '../ground-ends'
import type { Verdict } from '../../verdict'
import { explained } from './build-decisions'
import { coverWorkload } from './coverage'
import type { DecisionPage, EdgeDecision, EndCover } from './decision-page'
import type { Difference } from './differs'
import { groundEnd, type JudgedGround } from './judge-ground'

const portProtocols = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP', unknown: 'TCP' } as const
const settlesWithinMs = 60_000

/** What policies decided on one record as of its time. `judged`: the ground of that time; its edges are not looked at. */
export function buildFlowDecision(judged: JudgedGround, flow: FlowDetail): DecisionPage {
  const { ground, compiled } = judged
  const finder = endFinderOf(ground.model, ground.cluster)
  const protocol = portProtocols[flow.protocol]
  const target = finder.target(flow.to, protocol === 'ICMP' ? 'TCP' : protocol, flow.port)
  const from = groundEnd(ground.model, finder.end(flow.from))
  const to = groundEnd(ground.model, target.end)
  const port = protocol === 'ICMP' ? null : target.port
  const asked = from && to && { from, to, protocol, port }
  const decision = asked && evaluate(compiled, asked)
  const about = { id: flow.id, protocol, port, recorded: null }
  const edge: EdgeDecision =
    asked && decision
      ? {
          ...about,
          ...explained(judged, asked, decision),
          difference: differenceOfFlow(flow, decision.verdict, ground.lastChange),
        }
      : {
          ...about,
          from: flow.from.name,
          to: flow.to.name,
          verdict: 'not-known',
          sentences: ['What policies decide cannot be told: it is not known who one end was, or you may not see it.'],
          sides: [],
          difference: null,
        }
  return {
    cluster: ground.cluster,
    at: ground.at,
    period: ground.period,
    hidesNamespaces: ground.hidesNamespaces,
    edges: [edge],
    edgeCount: 1,
    differing: edge.difference ? 1 : 0,
    ends: [from, to].flatMap((end): readonly EndCover[] => {
      if (end?.type !== 'workload') return []
      const { namespace, name, kind } = end.workload
      return [{ namespace, name, kind, ...coverWorkload(compiled, end.workload, (state, by) => ({ state, by })) }]
    }),
    flow: { id: flow.id, time: flow.time, verdict: flow.verdict, source: flow.source, steps: policyTrace(flow) },
  }
}

const passed: readonly Verdict[] = ['allowed', 'audited']

function differenceOfFlow(
  { verdict, time, source }: FlowDetail,
  says: EdgeDecision['verdict'],
  lastChange: number | null,
): Difference | null {
  if (lastChange !== null && time < lastChange + settlesWithinMs) return null
  if (says === 'allowed' && verdict === 'denied')
    return {
      says,
      last: time,
      text: `The policies of that time allow this, yet it was denied (told by ${sourceName(source)}). Something that Oriel does not see denied it, or enforcement lagged behind.`,
    }
  if (says === 'denied' && passed.includes(verdict))
    return {
      says,
      last: time,
      text: `The policies of that time deny this, yet it was let pass (told by ${sourceName(source)}). The network may not enforce them, or only on new connections.`,
    }
  return null
}
