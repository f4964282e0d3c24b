import { type Side, sides } from '../index/policy-index'
import { type Block, type Layer, type PolicyRef, refKey, type Rule } from '../normal-form'
import type { LintContext } from './context'

/** What stands at one place of an object, with where it is read. */
export type RuleGroup = {
  readonly policy: PolicyRef
  readonly path: string
  readonly side: Side
  readonly layer: Layer
  readonly tier: string
  readonly rules: Set<Rule>
  readonly blocks: Set<Block>
  /** Whether one can say that it decides nothing: it allows, denies or passes on, all in one tier. */
  plain: boolean
}

/** In the order that they are read. */
export function ruleGroups({ compiled, policies }: LintContext): ReadonlyMap<string, RuleGroup> {
  const found = new Map<string, RuleGroup>()
  const fromObjects = new Set(policies.flatMap(({ policy, object }) => (object ? [refKey(policy.ref)] : [])))
  const written = compiled.catalogue.model.objects.length > 0
  for (const { side, layer, direction } of sides)
    for (const { tier, [direction]: placed } of compiled.tiers[layer])
      for (const { ref, block, key } of placed)
        for (const rule of block.rules) {
          const name = `${key}\n${rule.path}`
          const known = found.get(name)
          const plain =
            (rule.action === 'allow' || rule.action === 'deny' || (rule.action === 'pass' && layer === 'network')) &&
            (!written || fromObjects.has(refKey(ref)))
          const rules = known?.rules ?? new Set<Rule>()
          const blocks = known?.blocks ?? new Set<Block>()
          rules.add(rule)
          blocks.add(block)
          const same = !known || (known.side === side && known.tier === tier.name && known.plain)
          if (known) known.plain = plain && same
          else found.set(name, { policy: ref, path: rule.path, side, layer, tier: tier.name, rules, blocks, plain })
        }
  return found
}
