import { policyName } from '../policy-name'
import { unknownPaths } from '../read'
import type { LintRule } from './finding'

export const unknownField: LintRule = {
  name: 'unknown-field',
  about: 'A field that is not known, most often one that is misspelt.',
  find: ({ policies }) =>
    policies.flatMap(({ policy: { ref }, object }) =>
      unknownPaths(object).map((path) => ({
        severity: 'warning' as const,
        policy: ref,
        path,
        message: `${policyName(ref)} has a field that is not known: ${path}.`,
        remedy:
          'Correct its spelling. The API server refuses such a field or drops it, and then the policy means something else.',
      })),
    ),
}
