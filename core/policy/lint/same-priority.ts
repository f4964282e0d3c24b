import { groupBy } from '../../group-by'
import type { CompiledTier, PlacedBlock } from '../compile'
import { policyName, shownKind } from '../policy-name'
import type { PortItem, PortMatch } from '../ports'
import { type Direction, refKey, type Rule } from '../normal-form'
import { numbersIn, type LintContext } from './context'
import type { Found, LintRule } from './finding'
import { count } from './words'

export const samePriority: LintRule = {
  name: 'same-priority',
  about: 'Two policies of one priority or order contradict each other about the same pods.',
  find: (context) => {
    const told = new Set<string>()
    return tiesOf(context).flatMap((tie): readonly Found[] => {
      const { first, second, direction, workloads, rule } = tie
      const pair = `${direction} ${refKey(first.ref)} ${refKey(second.ref)}`
      if (!rule || told.has(pair)) return []
      told.add(pair)
      return [
        {
          severity: tie.isOpen ? 'warning' : 'info',
          policy: second.ref,
          path: rule.path,
          message: `${policyName(second.ref)} and ${policyName(first.ref)} have the same ${tie.word} and say opposite things of ${count(workloads, 'workload')}: ${
            tie.isOpen
              ? 'which of them is heeded is not defined'
              : `${policyName(first.ref)} is read first, by its name`
          }.`,
          remedy: remedyOf(tie),
        },
      ]
    })
  },
}

export const sharedPriority: LintRule = {
  name: 'shared-priority',
  about: 'Two policies of one priority or order select the same pods without contradicting each other yet.',
  find: (context) => {
    const ties = tiesOf(context)
    const opposed = new Set(ties.flatMap(({ first, second, rule }) => (rule ? [pairOf(first, second)] : [])))
    // What has no order shares none.
    const agreeing = ties.filter(
      ({ first, second, order }) => order < Number.MAX_VALUE && !opposed.has(pairOf(first, second)),
    )
    const byPolicy = groupBy(agreeing, ({ second }) => refKey(second.ref))
    return [...byPolicy.values()].flatMap((same): readonly Found[] => {
      const [tie] = same
      if (!tie) return []
      const { first, second, word, order, isOpen } = tie
      const others = new Set(same.map((one) => refKey(one.first.ref))).size - 1
      const names = `${policyName(first.ref)}${others > 0 ? ` and ${others} more` : ''}`
      return [
        {
          severity: 'info',
          policy: second.ref,
          path: `spec.${word}`,
          message: `${policyName(second.ref)} has the ${word} ${order} of ${names} and selects the same workloads. They say nothing opposite yet; once they do, ${
            isOpen ? 'which of them is heeded is not defined' : 'their names decide which is read first'
          }.`,
          remedy: remedyOf(tie),
        },
      ]
    })
  },
}

const remedyOf = ({ word }: Tie): string => `Give them different ${word === 'priority' ? 'priorities' : 'orders'}.`
const pairOf = (first: PlacedBlock, second: PlacedBlock): string => `${refKey(first.ref)} ${refKey(second.ref)}`

/** Two policies of one tier and place about the same workloads. `rule`: of the second, opposed by the first; null: none. */
type Tie = {
  readonly first: PlacedBlock
  readonly second: PlacedBlock
  readonly direction: Direction
  readonly order: number
  readonly workloads: number
  readonly rule: Rule | null
  readonly word: 'priority' | 'order'
  /** Nothing defines which is read first. */
  readonly isOpen: boolean
}

const known = new WeakMap<LintContext, readonly Tie[]>()

/** Both rules ask for them. O(pairs of one place · rules²). */
function tiesOf(context: LintContext): readonly Tie[] {
  const ties =
    known.get(context) ??
    context.compiled.tiers.network.flatMap((tier) =>
      (['ingress', 'egress'] as const).flatMap((direction) => tiesIn(context, tier, direction)),
    )
  known.set(context, ties)
  return ties
}

/** Of Calico, whose order is a number that people give; NetworkPolicies and Cilium have none. */
const ordered = /^(?:Calico|Global)NetworkPolicy$/

function tiesIn(context: LintContext, tier: CompiledTier, direction: Direction): readonly Tie[] {
  const undefinedOrder = tier.tier.ties === 'open'
  const blocks = tier[direction].filter(
    ({ ref, block }) => block.order >= 0 && (undefinedOrder || ordered.test(shownKind(ref))),
  )
  const byOrder = groupBy(blocks, ({ block }) => block.order)
  return [...byOrder].flatMap(([order, same]) =>
    same.flatMap((first, i) =>
      same.slice(i + 1).flatMap((second): readonly Tie[] => {
        if (refKey(first.ref) === refKey(second.ref)) return []
        const both = sharedSubjects(context, first, second)
        const [subject] = both
        if (subject === undefined) return []
        return [
          {
            first,
            second,
            direction,
            order,
            workloads: both.length,
            rule: contradiction(context, first, second, subject)?.[1] ?? null,
            word: undefinedOrder ? 'priority' : 'order',
            isOpen: undefinedOrder && context.compiled.habits.ties === 'open',
          },
        ]
      }),
    ),
  )
}

function sharedSubjects(context: LintContext, first: PlacedBlock, second: PlacedBlock): readonly number[] {
  const own = new Set(context.subjects(first.block))
  return context.subjects(second.block).filter((i) => own.has(i))
}

/** Two rules of different actions that some connection fits both of, seen from one workload. */
function contradiction(
  context: LintContext,
  first: PlacedBlock,
  second: PlacedBlock,
  i: number,
): readonly [Rule, Rule] | null {
  const [workload] = context.workloads([i])
  const decides = ({ action, request }: Rule) => !request && ['allow', 'deny', 'pass'].includes(action)
  for (const a of first.block.rules.filter(decides))
    for (const b of second.block.rules.filter(decides)) {
      if (a.action === b.action || !portsMeet(a.ports, b.ports)) continue
      const [one, other] = [context.matching(a.peer, workload).sure, context.matching(b.peer, workload).sure]
      if (numbersIn(one.map((word, w) => word & (other[w] ?? 0))).length > 0) return [a, b]
    }
  return null
}

/** Whether two conditions surely have a port in common; names only where they are the same. */
function portsMeet(a: PortMatch | null, b: PortMatch | null): boolean {
  if ((a?.none ?? []).length + (b?.none ?? []).length > 0) return false
  return (a?.some ?? everyPort).some((one) => (b?.some ?? everyPort).some((other) => itemsMeet(one, other)))
}

const everyPort: readonly PortItem[] = [{ protocol: 'any', port: 'any' }]

function itemsMeet(a: PortItem, b: PortItem): boolean {
  if (a.protocol !== b.protocol && a.protocol !== 'any' && b.protocol !== 'any') return false
  if (a.port === 'any' || b.port === 'any') return true
  if ('name' in a.port || 'name' in b.port) return 'name' in a.port && 'name' in b.port && a.port.name === b.port.name
  return a.port.from <= b.port.to && b.port.from <= a.port.to
}
