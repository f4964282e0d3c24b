import { describe, expect, it } from 'vitest'
import { at, edge, groundOf, workload } from '@/core/policy/what-if/test-ground'
import { endQuestion, wishedEdge, wishOf } from './wish'

const known = {
  ...edge(workload('web'), workload('db'), 5432),
  id: 'c/shop/Deployment/web|c/shop/Deployment/db|5432|tcp',
}
const ground = groundOf([], [known])

describe('what an address wishes', () => {
  it('finds the recorded edge', () => {
    expect(wishedEdge(ground, known.id)).toBe(known)
  })

  it.each([
    ['c/data/Deployment/job|c/shop/Deployment/db|80|udp', { type: 'workload', workload: at.job }, 'UDP', 80],
    ['/External/x|c/shop/Deployment/db|80|http', { type: 'unknown', why: 'not-known' }, 'TCP', 80],
    [
      '//External/api.example|c/shop/Deployment/db||tcp',
      { type: 'external', address: '', names: ['api.example'] },
      'TCP',
      null,
    ],
    ['//External/10.9.9.9|c/shop/Deployment/db|1|tcp', { type: 'external', address: '10.9.9.9', names: [] }, 'TCP', 1],
    ['c//Node/n1|c/shop/Deployment/db|1|tcp', { type: 'node', name: 'n1' }, 'TCP', 1],
  ])('reads %s where nothing was recorded', (id, from, protocol, port) => {
    expect(wishedEdge(ground, id)).toMatchObject({ from, to: { type: 'workload', workload: at.db }, protocol, port })
  })

  it.each([
    ['//Unknown/outside your scope', true, 'hidden'],
    ['c/bank/Deployment/ledger', true, 'hidden'],
    ['c/bank/Deployment/ledger', false, 'not-known'],
    ['c/shop/Deployment/gone', true, 'not-known'],
    ['c//Unknown/x', true, 'not-known'],
  ] as const)('tells what is hidden from what is not known: %s', (from, hidesNamespaces, why) => {
    const wished = wishedEdge({ ...ground, hidesNamespaces }, `${from}|c/shop/Deployment/db|80|tcp`)
    expect(wished?.from).toEqual({ type: 'unknown', why })
  })

  it('isolates the workload of the address, and wishes nothing of one that is gone', () => {
    expect(wishOf(ground, { from: 'isolate', endpoint: 'c/shop/Deployment/db' })).toEqual({
      wish: 'isolate',
      direction: 'ingress',
      subject: { workload: at.db },
    })
    expect(wishOf(ground, { from: 'isolate', endpoint: 'c/shop/Deployment/gone' })).toBeNull()
    expect(wishOf(ground, { from: 'isolate', endpoint: 'c/shop' })).toMatchObject({ subject: { namespace: 'shop' } })
    expect(wishOf(ground, { from: 'isolate', endpoint: 'c/gone' })).toBeNull()
  })

  it('asks of ends as the engine reads them', () => {
    expect(endQuestion(ground, workload('db'))).toBe('shop/db[Deployment]')
    expect(endQuestion(ground, { type: 'external', address: '', names: ['api.example'] })).toBe('api.example')
    expect(endQuestion(ground, { type: 'unknown', why: 'hidden' })).toBeNull()
  })
})
