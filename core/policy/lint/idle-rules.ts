import { type Alike, alikeWorkloads, rowMaker, type Side, sides } from '../index/policy-index'
import { endFinder } from '../index/match-bits'
import type { RowMaker } from '../index/row'
import type { Block, Layer, Policy, PolicyRef, Rule } from '../normal-form'
import { refKey } from '../normal-form'
import type { LintContext } from './context'
import { type IdleCause, idleCause } from './idle-cause'
import { type RuleGroup, ruleGroups } from './rule-groups'
import { mayBeAbout, portlessViews, rowsWithout, sameRows, type TierRows, type View, type Without } from './row-without'

/** A rule, or a whole policy, without which everything would be decided the same. */
export type Idle = IdleCause & {
  readonly policy: PolicyRef
  /** null: the whole policy. */
  readonly path: string | null
}

const known = new WeakMap<LintContext, readonly Idle[]>()

/**
 * Rules without which no connection between workloads, nodes and addresses would be decided otherwise, alone and all
 * together. Each is thought away and the rows of whom its block selects are read again, until one differs; so a rule
 * that is needed costs about two rows. O(rules × rows of one workload), and for idle ones × workloads that they select.
 */
export function idleRules(context: LintContext): readonly Idle[] {
  const before = known.get(context)
  if (before) return before
  const found = findIdle(context)
  known.set(context, found)
  return found
}

function findIdle(context: LintContext): readonly Idle[] {
  const reader = rowReader(context)
  const groups = [...ruleGroups(context).values()]
  const gone = { rules: new Set<Rule>(), isolation: new Set<Block>() }
  const idle = new Map<RuleGroup, IdleCause>()
  for (const group of groups.toReversed()) {
    if (!group.plain || !reader.isIdle([group], new Set(), gone)) continue
    const cause = idleCause(
      context,
      group,
      [...group.blocks].flatMap((block) => reader.selected(group.side, block)),
    )
    if (!cause) continue
    for (const rule of group.rules) gone.rules.add(rule)
    idle.set(group, cause)
  }
  const whole = new Map<string, IdleCause>()
  for (const { policy, own } of wholePolicies(context, groups)) {
    const causes = own.flatMap((group) => idle.get(group) ?? [])
    const [first] = causes
    if (!first || causes.length < own.length || causes.some(({ how }) => how !== 'redundant')) continue
    const isolation = new Set(policy.blocks.filter(({ isolates }) => isolates))
    if (!reader.isIdle(own, isolation, gone)) continue
    for (const block of isolation) gone.isolation.add(block)
    whole.set(refKey(policy.ref), first)
  }
  return [
    ...[...whole].flatMap(([key, cause]) => {
      const policy = groups.find((group) => refKey(group.policy) === key)?.policy
      return policy ? [{ ...cause, policy, path: null }] : []
    }),
    ...[...idle].flatMap(([{ policy, path }, cause]) =>
      whole.has(refKey(policy)) ? [] : [{ ...cause, policy, path }],
    ),
  ]
}

/** Policies that may be idle as a whole: all they say are rules of the kind that is looked at here. */
function wholePolicies({ policies }: LintContext, groups: readonly RuleGroup[]) {
  const byPolicy = new Map<string, RuleGroup[]>()
  for (const group of groups) {
    const key = refKey(group.policy)
    byPolicy.set(key, [...(byPolicy.get(key) ?? []), group])
  }
  return policies.toReversed().flatMap(({ policy }): readonly { policy: Policy; own: readonly RuleGroup[] }[] => {
    const own = byPolicy.get(refKey(policy.ref)) ?? []
    const simple = policy.tiers.length === 0 && policy.blocks.every(({ alone }) => alone === undefined)
    return simple && own.length > 0 && own.every(({ plain }) => plain) ? [{ policy, own }] : []
  })
}

type Reader = {
  /** Whether all stays the same without these, both as things are and once what is `gone` is gone too. */
  readonly isIdle: (groups: readonly RuleGroup[], isolation: ReadonlySet<Block>, gone: Without) => boolean
  readonly selected: (side: Side, block: Block) => readonly Alike[]
}

const nothing: Without = { rules: new Set(), isolation: new Set() }

function rowReader({ compiled, table, index }: LintContext): Reader {
  const { catalogue, habits, options } = compiled
  const bySide = new Map(sides.map(({ side }) => [side, selectedBy(alikeWorkloads(index, side))]))
  const selected = (side: Side, block: Block) => bySide.get(side)?.get(block) ?? []
  const { namespace, serviceAccount, apiServer } = catalogue
  const sight = { habits, trustDomain: options.trustDomain, namespace, serviceAccount, apiServer }
  const maker = rowMaker(table, index.find, habits)
  /** As if no connection proved an identity, which a flow may turn out not to do. */
  const unproven = rowMaker(table, endFinder(table, { ...sight, mtls: false }), habits)
  const asIs = new Map<string, WeakMap<Alike, TierRows>>()
  const allViews = portlessViews(habits.icmp === 'open')

  const rowsAsIs = (which: RowMaker, one: Alike, last: number, view: View): TierRows => {
    const key = `${which === maker} ${last} ${view?.protocol ?? ''} ${view?.judged ?? ''}`
    const known = asIs.get(key) ?? new WeakMap<Alike, TierRows>()
    asIs.set(key, known)
    const rows = known.get(one) ?? rowsWithout(which, one, last, view, nothing)
    known.set(one, rows)
    return rows
  }
  const same = (one: Alike, tier: string, layer: Layer, view: View, without: Without): boolean => {
    const last = one.tiers.findIndex((selectedTier) => selectedTier.tier.name === tier)
    return (layer === 'mesh' ? [maker, unproven] : [maker]).every((which) =>
      sameRows(rowsAsIs(which, one, last, view), rowsWithout(which, one, last, view, without)),
    )
  }
  return {
    selected,
    isIdle: (groups, isolation, gone) => {
      const rules = new Set(groups.flatMap((group) => [...group.rules]))
      const alone: Without = { rules, isolation }
      const together: Without = {
        rules: new Set([...gone.rules, ...rules]),
        isolation: new Set([...gone.isolation, ...isolation]),
      }
      const views = allViews.filter(
        ({ protocol }) => isolation.size > 0 || [...rules].some((rule) => mayBeAbout(rule, protocol)),
      )
      const places = groups.flatMap(({ side, tier, layer, blocks }) =>
        [...blocks].flatMap((block) => selected(side, block).map((one) => ({ one, tier, layer }))),
      )
      return [null, ...views].every((view) =>
        [alone, together].every((without) =>
          places.every(({ one, tier, layer }) => same(one, tier, layer, view, without)),
        ),
      )
    },
  }
}

function selectedBy(all: readonly Alike[]): ReadonlyMap<Block, readonly Alike[]> {
  const found = new Map<Block, Alike[]>()
  for (const one of all)
    for (const { blocks } of one.tiers)
      for (const { block } of blocks) {
        const same = found.get(block)
        if (same) same.push(one)
        else found.set(block, [one])
      }
  return found
}
