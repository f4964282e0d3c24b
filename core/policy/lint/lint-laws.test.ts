import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CompiledPolicies } from '../compile'
import { diff } from '../diff'
import { type Policy, type PolicyRef, refKey } from '../normal-form'
import { compiledOf, options, policies } from '../test-arbitrary'
import { lintPolicies } from './lint'

const runs = { numRuns: 100 }

/** Each rule at a path of its own, as in real objects. */
const placed = policies.map((all) =>
  all.map((policy): Policy => ({
    ...policy,
    blocks: policy.blocks.map((block, b) => ({
      ...block,
      rules: block.rules.map((rule, r) => ({ ...rule, path: `spec.${b}[${r}]` })),
    })),
  })),
)

type Gone = { readonly policy: PolicyRef; readonly path: string | null }

const without = (all: readonly Policy[], gone: readonly Gone[]): readonly Policy[] =>
  all.flatMap((policy) => {
    const own = gone.filter((one) => refKey(one.policy) === refKey(policy.ref))
    if (own.some(({ path }) => path === null)) return []
    const blocks = policy.blocks.map((block) => ({
      ...block,
      rules: block.rules.filter(({ path }) => !own.some((one) => one.path === path)),
    }))
    return [{ ...policy, blocks }]
  })

const idle = (compiled: CompiledPolicies) =>
  lintPolicies(compiled).filter(({ rule }) =>
    ['selects-nothing', 'unreachable', 'shadowed', 'redundant'].includes(rule),
  )

let seen = 0

test('whatever is said to change nothing can be removed, each alone and all together', () => {
  fc.assert(
    fc.property(placed, options, (all, how) => {
      const before = compiledOf(all, how)
      const found = idle(before)
      seen += found.length
      for (const gone of [...found.map((one) => [one]), found])
        expect(diff(before, compiledOf(without(all, gone), how))).toEqual([])
    }),
    runs,
  )
  expect(seen).toBeGreaterThan(20)
})
