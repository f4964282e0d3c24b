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
  find: (context) =>
    context.compiled.tiers.network.flatMap((tier) =>
      (['ingress', 'egress'] as const).flatMap((direction) => findingsOf(context, tier, direction)),
    ),
}

/** Of Calico, whose order is a number that people give; NetworkPolicies and Cilium have none. */
const ordered = /^(?:Calico|Global)NetworkPolicy$/

function findingsOf(context: LintContext, tier: CompiledTier, direction: Direction): readonly Found[] {
  const undefinedOrder = tier.tier.ties === 'open'
  const blocks = tier[direction].filter(
    ({ ref, block }) => block.order >= 0 && (undefinedOrder || ordered.test(shownKind(ref))),
  )
  const byOrder = new Map<number, PlacedBlock[]>()
  for (const one of blocks) byOrder.set(one.block.order, [...(byOrder.get(one.block.order) ?? []), one])
  const told = new Set<string>()
  return [...byOrder.values()].flatMap((same) =>
    same.flatMap((first, i) =>
      same.slice(i + 1).flatMap((second): readonly Found[] => {
        const pair = `${refKey(first.ref)} ${refKey(second.ref)}`
        if (refKey(first.ref) === refKey(second.ref) || told.has(pair)) return []
        const both = sharedSubjects(context, first, second)
        const [subject] = both
        const rules = subject === undefined ? null : contradiction(context, first, second, subject)
        if (!rules) return []
        told.add(pair)
        const open = undefinedOrder && context.compiled.habits.ties === 'open'
        return [
          {
            severity: open ? 'warning' : 'info',
            policy: second.ref,
            path: rules[1].path,
            message: `${policyName(second.ref)} and ${policyName(first.ref)} have the same ${
              undefinedOrder ? 'priority' : 'order'
            } and say opposite things of ${count(both.length, 'workload')}: ${
              open ? 'which of them is heeded is not defined' : `${policyName(first.ref)} is read first, by its name`
            }.`,
            remedy: `Give them different ${undefinedOrder ? 'priorities' : 'orders'}.`,
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
