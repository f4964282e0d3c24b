import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import type { Flow, PolicyVerdict } from './decision'
import { evaluate } from './evaluate'
import { explain } from './explain'
import type { ModelObject } from './model'
import { type Policy, refKey, type Rule } from './normal-form'
import { defaultOptions } from './profile'
import { allEnds, compiledOf, options, policies, rule, workloads } from './test-arbitrary'
import { modelOf, space } from './test-model'

const flow: fc.Arbitrary<Flow> = fc.record({
  from: fc.constantFrom(...allEnds),
  to: fc.constantFrom(...allEnds),
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'ICMP' as const),
  port: fc.constantFrom(80, 443, 8080),
})

const selector = fc.constantFrom<ModelObject>(
  {},
  { matchLabels: { app: 'a' } },
  { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['a'] }] },
)
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector, podSelector: selector }),
  fc.constant({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/30'] } }),
)
const ports = fc.array(
  fc.constantFrom({ port: 80 }, { port: 443, endPort: 8080 }, { port: 'http' }, { protocol: 'UDP' }),
  {
    maxLength: 2,
  },
)
const rules = (side: string) =>
  fc.array(fc.record({ [side]: fc.array(peer, { maxLength: 2 }), ports }), { maxLength: 2 })
const spec = fc.record(
  {
    podSelector: selector,
    ingress: rules('from'),
    egress: rules('to'),
    policyTypes: fc.constantFrom(['Ingress'], ['Ingress', 'Egress']),
  },
  { requiredKeys: ['podSelector'] },
)
type Spec = {
  readonly ingress?: readonly unknown[]
  readonly egress?: readonly unknown[]
  readonly policyTypes?: readonly string[]
}
const written = (specs: readonly Spec[]): readonly ModelObject[] =>
  specs.map((spec, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `p${i}`, namespace: 'x' },
    spec,
  }))
const spaces = [space('x', { app: 'a' }), space('y', { tier: 'b' })]
const verdict = (specs: readonly Spec[], one: Flow) =>
  evaluate(compilePolicies(modelOf(workloads, written(specs), { namespaces: spaces }), defaultOptions), one).verdict

test('the order of policies changes nothing', () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 4 }), flow, (specs, one) => {
      expect(verdict(specs.toReversed(), one)).toBe(verdict(specs, one))
    }),
  )
})

test('a rule that is added to a NetworkPolicy denies nothing that was allowed', () => {
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), rules('from'), flow, (specs, extra, one) => {
      const [first, ...rest] = specs
      if (!first) return
      const wider = { ...first, ingress: [...(first.ingress ?? []), ...extra] }
      if (verdict(specs, one) === 'allowed') expect(verdict([wider, ...rest], one)).toBe('allowed')
    }),
  )
})

test('a policy whose pods are isolated already only adds to what they may do', () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 3 }), rules('from'), rules('to'), flow, (specs, ingress, egress, one) => {
      const isolating = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }
      const before = verdict([isolating, ...specs], one)
      const after = verdict([isolating, ...specs, { ...isolating, ingress, egress }], one)
      if (before === 'allowed') expect(after).toBe('allowed')
      if (after === 'denied') expect(before).not.toBe('allowed')
    }),
  )
})

const rank: Readonly<Record<PolicyVerdict, number>> = { denied: 0, undefined: 1, allowed: 2 }

/** Every kind becomes the normal form, so that this holds for a rule of any of them. */
test('a rule that is put anywhere never denies where it allows, and never allows where it denies', () => {
  fc.assert(
    fc.property(policies, rule, fc.nat(), fc.nat(), options, flow, (all, extra, which, at, how, one) => {
      const blocks = all.flatMap((policy) => policy.blocks)
      const chosen = blocks[which % blocks.length]
      if (!chosen) return
      const withRule = (action: Rule['action']): readonly Policy[] =>
        all.map((policy) => ({
          ...policy,
          blocks: policy.blocks.map((block) => {
            const place = at % (block.rules.length + 1)
            return block === chosen ? { ...block, rules: block.rules.toSpliced(place, 0, { ...extra, action }) } : block
          }),
        }))
      const judged = (what: readonly Policy[]) => rank[evaluate(compiledOf(what, how), one).verdict]
      expect(judged(withRule('allow'))).toBeGreaterThanOrEqual(judged(all))
      expect(judged(withRule('deny'))).toBeLessThanOrEqual(judged(all))
      expect(judged(withRule('log'))).toBe(judged(all))
    }),
    { numRuns: 200 },
  )
})

test('an explanation says what was decided and names who decided', () => {
  fc.assert(
    fc.property(policies, options, flow, (all, how, one) => {
      const compiled = compiledOf(all, how)
      const decision = evaluate(compiled, one)
      const [first = '', second = '', ...more] = explain(compiled, one, decision)
      const word = { allowed: 'Allowed', denied: 'Denied', undefined: 'Undefined' }[decision.verdict]
      expect(first.startsWith(`${word}: `)).toBe(true)
      const { policy, steps } = decision.decidedBy
      if (policy) expect(second).toContain(`NetworkPolicy x/${policy.name}`)
      if (policy) expect(steps.flatMap(({ selecting }) => selecting).map(refKey)).toContain(refKey(policy))
      for (const sentence of [second, ...more]) expect(sentence).toMatch(/^\S.*\.$/)
    }),
  )
})

test('the verdict is the strictest of the three sides', () => {
  fc.assert(
    fc.property(policies, options, flow, (all, how, one) => {
      const { verdict, egress, ingress, mesh } = evaluate(compiledOf(all, how), one)
      const sides = [egress.verdict, ingress.verdict, mesh.verdict]
      const strictest = (['denied', 'undefined', 'allowed'] as const).find((word) => sides.includes(word))
      expect(verdict).toBe(strictest)
    }),
  )
})
