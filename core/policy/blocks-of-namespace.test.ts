import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namespacesOf } from './blocks-of-namespace'
import { endOf } from './evaluate'
import { endMatches } from './match-end'
import { sightOf } from './select-blocks'
import { compiledOf, policies, workloads } from './test-arbitrary'
import { no } from './tri'

test('a subject is not met outside of its namespaces', () => {
  fc.assert(
    fc.property(policies, fc.constantFrom(...workloads), (all, workload) => {
      const sight = { ...sightOf(compiledOf(all), workload), doubt: () => {} }
      for (const { subject } of all.flatMap(({ blocks }) => blocks))
        if (namespacesOf(subject)?.includes(workload.namespace) === false)
          expect(endMatches(subject, endOf(workload), sight)).toBe(no)
    }),
  )
})
