import { expect, test } from 'vitest'
import { newPolicyBeside } from './new-policy-beside'

const about = { name: 'new-policy', namespace: 'shop', labels: {}, isolates: [] }

test('a second one has another name, and another place where its kind has places', () => {
  const first = newPolicyBeside([], 'ClusterNetworkPolicy', about)
  const second = newPolicyBeside([first], 'ClusterNetworkPolicy', about)
  expect(first).toMatchObject({ metadata: { name: 'new-policy' }, spec: { tier: 'Admin', priority: 100 } })
  expect(second).toMatchObject({ metadata: { name: 'new-policy-2' }, spec: { tier: 'Admin', priority: 110 } })
  const calico = newPolicyBeside([], 'CalicoNetworkPolicy', about)
  expect(newPolicyBeside([calico], 'GlobalNetworkPolicy', about)).toMatchObject({ spec: { order: 1_010 } })
  const plain = newPolicyBeside([first], 'NetworkPolicy', about)
  expect(newPolicyBeside([plain], 'NetworkPolicy', { ...about, namespace: 'bank' }).metadata).toMatchObject({
    name: 'new-policy',
  })
})
