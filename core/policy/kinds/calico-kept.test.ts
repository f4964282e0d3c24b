import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import type { ModelObject } from '../model'
import { defaultOptions } from '../profile'
import { modelOf } from '../test-model'
import { allow, calico, cluster, db, forDb, web } from './test-calico'

const pods = [web, db]
const policy = forDb(allow({ selector: 'has(who)' }))
const set = (net: string) => calico('NetworkSet', 'shop/s', { nets: [net] }, { who: 'x' })
const office = set('192.0.2.0/24')
const read = (objects: readonly ModelObject[], parts = cluster) => {
  const model = { ...modelOf(pods, objects, parts), workloads: pods }
  return compilePolicies(model, defaultOptions).policies.find(({ ref }) => ref.name === 'np')
}

test('a policy of Calico is the same until something changes that it looks at', () => {
  const before = read([policy, office])
  expect(read([calico('GlobalNetworkPolicy', 'other', {}), policy, office])).toBe(before)
  const other = read([policy, set('198.51.100.0/24')])
  expect(other).not.toBe(before)
  expect(other?.blocks).not.toEqual(before?.blocks)
  expect(read([policy, office], { ...cluster, namespaces: [] })).not.toBe(other)
  expect(read([policy, office])?.blocks).toEqual(before?.blocks)
})
