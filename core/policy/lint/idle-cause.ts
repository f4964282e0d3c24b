import type { CompiledPolicies } from '../compile'
import type { End, Flow, Judgement, Step } from '../decision'
import { endOf, tiersOf } from '../evaluate'
import { eachBit } from '../index/bitset'
import type { Alike } from '../index/policy-index'
import { ruleBits } from '../index/row'
import { judge } from '../judge'
import { portSet } from '../port-set'
import type { Rule } from '../normal-form'
import { refKey } from '../normal-form'
import { type PortProtocol, portProtocols } from '../ports'
import { sightOf } from '../select-blocks'
import type { LintContext } from './context'
import type { RuleGroup } from './rule-groups'

/**
 * Why a rule decides nothing.
 * - redundant: others decide the same
 * - shadowed: others decide before it, and not as it would
 * - unreachable: so do an earlier tier, or a rule that is about everything
 */
export type IdleCause = {
  readonly how: 'redundant' | 'shadowed' | 'unreachable'
  /** What becomes of the example. */
  readonly outcome: Step['outcome']
  /** What decides instead; its `rule` is null at the end of a tier. */
  readonly by: Pick<Step, 'tier' | 'rule'>
  readonly example: Flow
}

const mostExamples = 8

/** null: it matches nothing here, so that there is nothing that decides instead. */
export function idleCause(context: LintContext, group: RuleGroup, places: readonly Alike[]): IdleCause | null {
  const causes: IdleCause[] = []
  const two = places.flatMap(({ members, direction }) => members.slice(0, 2).map((i) => ({ i, direction })))
  for (const { i, direction } of two) {
    const workload = context.table.workloads[i]
    if (!workload) continue
    for (const example of examplesOf(context, group, { workload, i, direction })) {
      const cause = causeOf(context.compiled, group, example, { workload, direction })
      if (cause) causes.push(cause)
    }
    if (causes.length >= mostExamples) break
  }
  const of = (how: IdleCause['how']) =>
    causes.find((cause) => cause.how === how && cause.by.rule) ?? causes.find((cause) => cause.how === how)
  return of('shadowed') ?? of('unreachable') ?? of('redundant') ?? null
}

type Place = Pick<Alike, 'workload' | 'i' | 'direction'>

/** Connections that the rules match, a first and a last end for each. */
function examplesOf({ table, index }: LintContext, group: RuleGroup, at: Place): readonly Flow[] {
  return [...group.rules].flatMap((rule) => {
    const bits = ruleBits(index.find, rule, at, true)
    const found: End[] = []
    if (bits)
      eachBit(bits.may, (i) => {
        const end = table.ends[i]
        if (end && end.type !== 'node' && i !== at.i) found.push(end)
      })
    const plain = found.filter((end) => end.type !== 'workload' || !end.workload.hostNetwork)
    const ends = [...new Set([plain[0] ?? found[0], plain.at(-1)])].flatMap((end) => end ?? [])
    return ends.flatMap((end) => {
      const own = endOf(at.workload)
      const [from, to] = at.direction === 'ingress' ? [end, own] : [own, end]
      const where = firstPort(rule, to)
      return where ? [{ from, to, ...where }] : []
    })
  })
}

/** A port that a rule is about on a destination; null: none that can be told. */
function firstPort({ ports }: Rule, to: End): { readonly protocol: PortProtocol; readonly port: number } | null {
  for (const protocol of portProtocols) {
    const items = ports?.some ?? [{ protocol: 'any' as const, port: 'any' as const }]
    const ranges = items.flatMap((item) => {
      if (item.protocol !== 'any' && item.protocol !== protocol) return []
      if (item.port === 'any') return [{ from: 1, to: 65_535 }]
      const { port } = item
      if (!('name' in port)) return [port]
      if (to.type !== 'workload') return []
      return to.workload.ports
        .filter((one) => one.name === port.name && one.protocol === protocol)
        .map((one) => ({ from: one.port, to: one.port }))
    })
    const [first] = portSet(ranges)
    if (first && (ports?.none ?? []).length === 0) return { protocol, port: first.from }
  }
  return null
}

function causeOf(
  compiled: CompiledPolicies,
  group: RuleGroup,
  example: Flow,
  { workload, direction }: Pick<Alike, 'workload' | 'direction'>,
): IdleCause | null {
  const tiers = tiersOf(compiled, workload, group.layer, direction)
  const at = { layer: group.layer, direction, sight: sightOf(compiled, workload) }
  const port = typeof example.port === 'number' ? example.port : null
  const step = stepIn(judge(example, port, tiers, at), group)
  if (!step) return null
  const own = step.rule && refKey(step.rule.policy) === refKey(group.policy) && step.rule.path === group.path
  if (own) {
    const others = tiers.map((tier) => ({
      ...tier,
      blocks: tier.blocks.map((one) => ({
        ...one,
        block: { ...one.block, rules: one.block.rules.filter((rule) => !group.rules.has(rule)) },
      })),
    }))
    const instead = stepIn(judge(example, port, others, at), group)
    return instead && { how: 'redundant', outcome: instead.outcome, by: instead, example }
  }
  if (step.outcome === 'open') return { how: 'redundant', outcome: 'open', by: step, example }
  const [rule] = group.rules
  const wanted = rule?.action === 'pass' ? 'next' : rule?.action
  if (step.outcome === wanted) return { how: 'redundant', outcome: step.outcome, by: step, example }
  const how = step.tier !== group.tier || isCatchAll(compiled, step) ? 'unreachable' : 'shadowed'
  return { how, outcome: step.outcome, by: step, example }
}

/** The tier that decided, up to the one that the rules are in. */
const stepIn = ({ steps }: Judgement, { tier }: RuleGroup): Step | null =>
  steps.find((step) => step.outcome !== 'next' || step.tier === tier) ?? null

function isCatchAll({ policies }: CompiledPolicies, { rule }: Step): boolean {
  if (!rule) return false
  const key = refKey(rule.policy)
  return policies.some(
    ({ ref, blocks }) =>
      refKey(ref) === key &&
      blocks.some(({ rules }) =>
        rules.some(({ path, peer, ports }) => path === rule.path && peer.is === 'anything' && ports === null),
      ),
  )
}
