import { describe, expect, test } from 'vitest'
import { fromPods, labels, netpol, saysOf } from './test-lint'

const from = (namespace: string) => ({
  from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
})

describe('where there are namespaces that may not be seen', () => {
  test('a peer in one of them is not said to match nobody, one of the own namespace is', () => {
    const objects = [netpol('p', { ingress: [from('hidden'), fromPods('wbe')] })]
    expect(saysOf('peer-matches-nothing', { objects })).toHaveLength(2)
    expect(saysOf('peer-matches-nothing', { objects, hides: true })).toEqual(['warning p spec.ingress[1].from[0]'])
  })

  test('an object of one of them is not said to select nobody', () => {
    const objects = [netpol('p', { podSelector: labels('x') }), netpol('q', {}, 'hidden')]
    expect(saysOf('selects-nothing', { objects })).toEqual(['warning q', 'warning p'])
    expect(saysOf('selects-nothing', { objects, hides: true })).toEqual(['warning p'])
  })

  test('no rule is said to be redundant, since it may let pass who is not seen', () => {
    const objects = [netpol('a', { ingress: [fromPods('web')] }), netpol('b', { ingress: [fromPods('web')] })]
    expect(saysOf('redundant', { objects })).not.toEqual([])
    expect(saysOf('redundant', { objects, hides: true })).toEqual([])
  })
})
