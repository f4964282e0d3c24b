import { describe, expect, it } from 'vitest'
import type { GroundEdge } from '../ground'
import { differenceOf } from './differs'
import { judgeGround } from './judge-ground'
import { edge, groundOf, letIn, shop } from './test-ground'

/** On two nodes each. */
const workloads = shop.map((one) => ({ ...one, nodes: ['n1', 'n2'] }))
const nodes = ['n1', 'n2', 'n3'].map((name) => ({ name, labels: {}, addresses: [] }))
const differing = (one: GroundEdge, lastChange: number | null = null) => {
  const [judged] = judgeGround(groundOf([letIn('db', 'cart')], [one], {}, { workloads, nodes })).edges
  return judged && differenceOf(judged, lastChange)
}
const minute = 60_000
const probe = edge('web', 'db', { allowed: 3, lastAllowed: 500 })

describe('what happened', () => {
  it.each<[string, GroundEdge, string | undefined]>([
    ['passed as the policies say', edge('cart', 'db', { allowed: 3, lastAllowed: 500 }), undefined],
    ['was stopped as they say', edge('web', 'db', { denied: 3, lastDenied: 500 }), undefined],
    ['was stopped although they allow it', edge('cart', 'db', { denied: 3, lastDenied: 500 }), 'allowed'],
    ['passed although they deny it', edge('web', 'db', { allowed: 3, lastAllowed: 500 }), 'denied'],
    ['came from a node that may run these pods', { ...probe, from: { type: 'node', name: 'n1' } }, undefined],
    ['came from another node', { ...probe, from: { type: 'node', name: 'n3' } }, 'denied'],
    ['is not told', edge('web', 'db', { allowed: null, denied: null }), undefined],
  ])('%s', (_, one, says) => {
    expect(differing(one)?.says).toBe(says)
  })

  it('is not held against policies that were written later, nor in the minute that they take', () => {
    const one = edge('cart', 'db', { denied: 3, lastDenied: 100 * minute })
    expect(differing(one, 110 * minute)).toBeNull()
    expect(differing(one, 99.5 * minute)).toBeNull()
    expect(differing(one, 98 * minute)?.last).toBe(100 * minute)
  })

  it('is not held against where pods run now, of what a node sent before they came there', () => {
    const moved = workloads.map((one) => ({ ...one, placedAt: 10 * minute }))
    const from = (end: GroundEdge['from'], lastAllowed: number) => {
      const one = { ...probe, from: end, lastAllowed }
      const [judged] = judgeGround(groundOf([letIn('db', 'cart')], [one], {}, { workloads: moved, nodes })).edges
      return judged && differenceOf(judged, null)?.says
    }
    expect(from({ type: 'node', name: 'n3' }, 9 * minute)).toBeUndefined()
    expect(from({ type: 'node', name: 'n3' }, 12 * minute)).toBe('denied')
    expect(from(probe.from, 9 * minute)).toBe('denied')
  })

  it('is told with how often and by whom', () => {
    expect(differing(edge('cart', 'db', { denied: 1, lastDenied: 500 }))?.text).toMatch(
      /^The policies allow this, yet 1 connection was denied \(told by Hubble\)\./,
    )
  })
})
