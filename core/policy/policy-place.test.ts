import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderBetween, placeRules } from './policy-place'

const cluster = placeRules({ group: 'policy.networking.k8s.io', kind: 'ClusterNetworkPolicy' })
const calico = placeRules({ group: 'crd.projectcalico.org', kind: 'GlobalNetworkPolicy' })

test.each([
  ['networking.k8s.io', 'NetworkPolicy'],
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['policy.networking.k8s.io', 'BaselineAdminNetworkPolicy'],
  ['projectcalico.org', 'StagedKubernetesNetworkPolicy'],
  ['projectcalico.org', 'Tier'],
])('%s %s has no place of its own', (group, kind) => {
  expect(placeRules({ group, kind })).toBeNull()
})

describe('an order between two neighbours', () => {
  if (!cluster || !calico) throw new Error('both kinds have a place')
  test.each([
    [cluster, 10, 20, 15],
    [cluster, 10, 11, null],
    [cluster, 10, 10, null],
    [cluster, null, 10, 5],
    [cluster, null, 0, null],
    [cluster, 10, null, 110],
    [cluster, 1_000, null, null],
    [cluster, 999, null, 1_000],
    [cluster, null, null, 100],
    [calico, 10, 11, 10.5],
    [calico, 0.5, 0.75, 0.625],
    [calico, null, -5, -105],
    [calico, 3, 3, null],
  ])('%o: after %s and before %s is %s', (rules, before, after, order) => {
    expect(orderBetween(before, after, rules)).toBe(order)
  })
  test('lies strictly between them and within the bounds', () => {
    const order = fc.option(fc.integer({ min: 0, max: 1_000 }))
    fc.assert(
      fc.property(order, order, fc.constantFrom(cluster, calico), (a, b, rules) => {
        const [before, after] = a !== null && b !== null && a > b ? [b, a] : [a, b]
        const found = orderBetween(before, after, rules)
        if (found === null) return
        expect(found).toBeGreaterThanOrEqual(rules.least)
        expect(found).toBeLessThanOrEqual(rules.most)
        if (before !== null) expect(found).toBeGreaterThan(before)
        if (after !== null) expect(found).toBeLessThan(after)
        if (rules.whole) expect(Number.isInteger(found)).toBe(true)
      }),
    )
  })
})
