import { describe, expect, it } from 'vitest'
import { selectingPolicies, selectorPicks } from './network-policy'

const labels = { app: 'cart', tier: 'front' }

describe('a label selector', () => {
  it.each([
    ['empty', {}, true],
    ['matching labels', { matchLabels: { app: 'cart' } }, true],
    ['another value', { matchLabels: { app: 'cart', tier: 'back' } }, false],
    ['a label of prototypes', { matchLabels: { constructor: 'x' } }, false],
    ['In', { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'cart'] }] }, true],
    ['In without the key', { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
    ['NotIn', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['cart'] }] }, false],
    ['NotIn without the key', { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    ['Exists', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    ['DoesNotExist', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    ['both parts', { matchLabels: { app: 'cart' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
    ['an unknown operator', { matchExpressions: [{ key: 'app', operator: 'Near', values: ['cart'] }] }, false],
    ['nonsense', { matchExpressions: [7] }, false],
  ])('%s', (_, selector, picks) => expect(selectorPicks(selector, labels)).toBe(picks))
})

describe('policies that select pods', () => {
  const policy = (name: string, spec: unknown) => ({ kind: 'NetworkPolicy', name, spec })

  it.each([
    ['ingress alone', { policyTypes: ['Ingress'] }, [true, false]],
    ['both', { policyTypes: ['Egress', 'Ingress'] }, [true, true]],
    ['no types', {}, [true, false]],
    ['no types but rules for egress', { egress: [{}] }, [true, true]],
  ])('isolate %s', (_, spec, [ingress, egress]) => {
    expect(selectingPolicies([policy('a', { podSelector: {}, ...spec })], [labels])).toEqual([
      { kind: 'NetworkPolicy', name: 'a', ingress, egress },
    ])
  })

  it('are those that select any of the pods, by name', () => {
    const policies = [
      policy('z-all', { podSelector: {} }),
      policy('db', { podSelector: { matchLabels: { app: 'db' } } }),
      policy('cart', { podSelector: { matchLabels: { app: 'cart' } } }),
    ]
    expect(selectingPolicies(policies, [{ app: 'other' }, labels]).map(({ name }) => name)).toEqual(['cart', 'z-all'])
    expect(selectingPolicies(policies, [])).toEqual([])
  })
})
