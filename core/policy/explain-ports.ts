import type { CompiledPolicies } from './compile'
import { byProtocol, portPartsBetween } from './connections'
import type { Decision, End, Flow, Judgement, PolicyVerdict, PortsByProtocol } from './decision'
import { evaluate } from './evaluate'
import { explainWhy } from './explain'
import { refKey } from './normal-form'
import { portSet } from './port-set'
import { portLine } from './port-text'
import { type PortProtocol, portProtocols, type PortRange } from './ports'

/** Ports between two ends that are decided in the same way. */
export type ExplainedPorts = {
  readonly verdict: PolicyVerdict
  readonly ports: PortsByProtocol
  /** Of one of these ports; all others are decided by the same rules. */
  readonly decision: Decision
  readonly sentences: readonly string[]
}

/**
 * What decides on each port between two ends: allowed ones first, then open ones, then those denied. `only`: of one
 * protocol.
 */
export function explainPorts(
  compiled: CompiledPolicies,
  from: End,
  to: End,
  only?: PortProtocol,
): readonly ExplainedPorts[] {
  const partsOf = portPartsBetween(compiled, from, to)
  const groups = new Map<string, { flow: Flow; decision: Decision; ranges: (readonly [PortProtocol, PortRange])[] }>()
  for (const protocol of only ? [only] : portProtocols)
    for (const range of partsOf(protocol)) {
      const flow = { from, to, protocol, port: range.from }
      const decision = evaluate(compiled, flow)
      const key = decisionKey(decision)
      const known = groups.get(key)
      if (known) known.ranges.push([protocol, range])
      else groups.set(key, { flow, decision, ranges: [[protocol, range]] })
    }
  return [...groups.values()]
    .map(({ flow, decision, ranges }) => {
      const ports = byProtocol(
        portProtocols.map((protocol) => [
          protocol,
          portSet(ranges.flatMap(([of, range]) => (of === protocol ? [range] : []))),
        ]),
      )
      const what = groups.size > 1 && decision.verdict !== 'allowed' ? 'this' : portLine(ports)
      return { verdict: decision.verdict, ports, decision, sentences: explainWhy(compiled, flow, decision, what) }
    })
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}

const order: readonly PolicyVerdict[] = ['allowed', 'undefined', 'denied']

const decisionKey = ({ verdict, egress, ingress, mesh }: Decision): string =>
  JSON.stringify([verdict, ...[egress, ingress, mesh].map(sideKey)])

const sideKey = ({ verdict, reason, tier, rule }: Judgement) => [
  verdict,
  reason,
  tier,
  rule && [refKey(rule.policy), rule.path],
]
