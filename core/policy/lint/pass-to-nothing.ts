import { policyName } from '../policy-name'
import { type Alike, alikeWorkloads, type Side } from '../index/policy-index'
import type { Found, LintRule } from './finding'

export const passToNothing: LintRule = {
  name: 'pass-to-nothing',
  about: 'A rule passes on to later tiers, and none has a policy for the pods, so that it allows.',
  find: (context) =>
    (['network/ingress', 'network/egress'] as const).flatMap((side: Side) => {
      const places = alikeWorkloads(context.index, side)
      const behind = new Map<string, boolean>()
      const found = new Map<string, Found>()
      for (const place of places)
        for (const [t, { blocks }] of place.tiers.entries())
          for (const { ref, block } of blocks)
            for (const rule of block.rules) {
              if (rule.action !== 'pass') continue
              const key = `${policyName(ref)} ${rule.path}`
              behind.set(key, (behind.get(key) ?? false) || t < place.tiers.length - 1)
              found.set(key, {
                severity: 'info',
                policy: ref,
                path: rule.path,
                message: `Rule ${rule.path} of ${policyName(ref)} passes on, and no later tier has a policy for the ${wayOf(place)} of the workloads that it selects: what it matches is allowed.`,
                remedy: 'Write a NetworkPolicy or a policy of the Baseline tier for them, or deny.',
              })
            }
      return [...found].flatMap(([key, one]) => (behind.get(key) ? [] : [one]))
    }),
}

const wayOf = ({ direction }: Alike) => direction
