import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintRuleNames } from './finding'
import { lintRules } from './rules'

test('every name has one rule, in the order of the names', () => {
  expect(lintRules.map(({ name }) => name)).toEqual(lintRuleNames)
})

test('the documentation lists every rule with what it finds', () => {
  const page = readFileSync('docs/policy-engine.md', 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, name, about]) => ({ name, about }))
  expect(rows).toEqual(lintRules.map(({ name, about }) => ({ name, about })))
})
