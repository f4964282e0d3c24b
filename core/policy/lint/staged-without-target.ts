import { policyName } from '../policy-name'
import { refKey } from '../normal-form'
import type { LintRule } from './finding'

export const stagedWithoutTarget: LintRule = {
  name: 'staged-without-target',
  about: 'A staged deletion of a policy that is not there.',
  find: ({ policies }) => {
    const inForce = new Set(policies.flatMap(({ policy }) => (policy.mode === 'enforced' ? [refKey(policy.ref)] : [])))
    return policies.flatMap(({ policy: { ref, mode, replaces, blocks } }) =>
      mode === 'staged' && replaces && blocks.length === 0 && !inForce.has(refKey(replaces))
        ? [
            {
              severity: 'warning' as const,
              policy: ref,
              path: 'spec.stagedAction',
              message: `${policyName(ref)} would delete ${policyName(replaces)}, which is not there.`,
              remedy: 'Delete the staged policy, or correct its name.',
            },
          ]
        : [],
    )
  },
}
