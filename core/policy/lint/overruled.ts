import type { Flow } from '../decision'
import { endName } from '../explain'
import { evaluate, endOf } from '../evaluate'
import { eachBit } from '../index/bitset'
import type { Block, Direction, Policy, Rule } from '../normal-form'
import { policyName } from '../policy-name'
import type { PortRange } from '../ports'
import { defaultTier } from '../tiers'
import { breadthOf } from './allows-wide'
import type { LintContext } from './context'
import type { Found, LintRule } from './finding'
import { ruleName } from './words'

export const overruled: LintRule = {
  name: 'overruled',
  about: 'Part of what a rule names and allows is denied before, by an earlier tier or a denial that beats it.',
  find: (context) =>
    context.policies.flatMap(({ policy, object }) =>
      object === null || policy.mode === 'staged'
        ? []
        : policy.blocks.flatMap((block) =>
            block.tier !== defaultTier.name
              ? []
              : block.rules.flatMap((rule) => (isNarrow(rule) ? findingOf(context, policy, block, rule) : [])),
          ),
    ),
}

/** What allows everybody is meant to be cut down by others. */
const isNarrow = ({ action, peer, request, sourcePorts, own }: Rule): boolean =>
  action === 'allow' && !request && !sourcePorts && !own && breadthOf(peer) === null

function findingOf(context: LintContext, { ref }: Policy, block: Block, rule: Rule): readonly Found[] {
  for (const i of context.subjects(block).slice(0, mostSubjects)) {
    const example = deniedExample(context, block.direction, rule, i)
    const decision = example && evaluate(context.compiled, example)
    const side = decision?.[block.direction]
    if (!example || side?.verdict !== 'denied' || !side.rule) continue
    const { from, to, protocol, port } = example
    return [
      {
        severity: 'info',
        policy: ref,
        path: rule.path,
        message: `${policyName(ref)} allows here what ${ruleName(side.rule)} denies before, for example ${endName(from)} to ${endName(to)}, ${protocol} ${port}.`,
        remedy: 'If it is to pass, change what denies it; a rule of this policy cannot.',
      },
    ]
  }
  return []
}

const mostSubjects = 20

/** Somebody whom the rule surely matches and the workload nevertheless surely keeps out, on ports of the rule. */
function deniedExample(context: LintContext, direction: Direction, rule: Rule, i: number): Flow | null {
  const [workload] = context.workloads([i])
  if (!workload) return null
  const { sure } = context.matching(rule.peer, workload)
  for (const { protocol, from, to, allowed, open } of context.index.row(direction, i)) {
    if (!isOfRule(rule, protocol, { from, to })) continue
    const denied = sure.map((word, w) => word & ~((allowed[w] ?? 0) | (open?.[w] ?? 0)))
    const found: number[] = []
    eachBit(denied, (k) => found.push(k))
    const other = found.map((k) => context.table.ends[k]).find((end) => end && end.type !== 'node')
    if (!other) continue
    const own = endOf(workload)
    return direction === 'ingress'
      ? { from: other, to: own, protocol, port: from }
      : { from: own, to: other, protocol, port: from }
  }
  return null
}

/** Whether a stretch of ports is within what a rule names by number. */
const isOfRule = ({ ports }: Rule, protocol: string, { from, to }: PortRange): boolean =>
  ports === null ||
  (ports.none.length === 0 &&
    (ports.some ?? []).some(
      (item) =>
        (item.protocol === 'any' || item.protocol === protocol) &&
        (item.port === 'any' || (!('name' in item.port) && from >= item.port.from && to <= item.port.to)),
    ))
