import { expect, test } from 'vitest'
import type { GroundSuggestion } from '@/core/policy/what-if/ground-suggestions'
import { acceptedRules, portPart, toggled } from './suggest-picks'

const rule = (id: string, ...ports: readonly number[]): GroundSuggestion['rules'][number] => ({
  id,
  direction: 'ingress',
  rule: { purpose: 'traffic', peers: [], ports: ports.map((port) => ({ protocol: 'TCP', port })), evidence: null },
  edges: [],
  witnesses: [],
})
const suggestion: GroundSuggestion = {
  key: 'shop/db',
  format: 'NetworkPolicy',
  manifest: {},
  subject: { namespace: 'shop', labels: {}, workloads: [], alsoSelects: [] },
  isolates: ['ingress'],
  rules: [rule('a', 80, 443), rule('b', 5432)],
  evidence: { count: 1, first: 0, last: 0, days: 1 },
  caveats: [],
  leftOut: [],
}
const taken = (...parts: readonly string[]) =>
  acceptedRules(
    suggestion,
    parts.reduce((picks, part) => toggled(picks, 'shop/db', part), {}),
  ).map(({ id, rule: { ports } }) => `${id} ${ports.map(({ port }) => port).join()}`)

const port = (id: string, number: number) => portPart(id, { protocol: 'TCP', port: number })

test.each([
  ['all rules where nothing is dropped', [], ['a 80,443', 'b 5432']],
  ['not a rule that is dropped', ['b'], ['a 80,443']],
  ['a rule again', ['b', 'b'], ['a 80,443', 'b 5432']],
  ['the ports that are left', [port('a', 80)], ['a 443', 'b 5432']],
  ['no rule without ports, which would let all pass', [port('a', 80), port('a', 443)], ['b 5432']],
])('takes %s', (_, parts, rules) => {
  expect(taken(...parts)).toEqual(rules)
})
