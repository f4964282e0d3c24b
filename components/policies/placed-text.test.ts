import { expect, test } from 'vitest'
import { placedText } from './placed-text'

const ref = { group: 'policy.networking.k8s.io', kind: 'ClusterNetworkPolicy', namespace: null, name: 'dns' }
const text = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: dns # of the platform
spec:
  tier: Admin
  priority: 10
  later: 1
`

test('only the place changes', () => {
  expect(placedText(text, ref, { order: 7 })).toBe(text.replace('priority: 10', 'priority: 7'))
  expect(placedText(text, ref, { order: 7, tier: 'Baseline' })).toBe(
    text.replace('priority: 10', 'priority: 7').replace('tier: Admin', 'tier: Baseline'),
  )
})

test('an order is given to what has none, and what has no place stays', () => {
  const calico = { ...ref, group: 'projectcalico.org', kind: 'GlobalNetworkPolicy' }
  expect(placedText('spec:\n  selector: all()\n', calico, { order: 5 })).toBe('spec:\n  selector: all()\n  order: 5\n')
  expect(placedText(text, { ...ref, group: 'networking.k8s.io', kind: 'NetworkPolicy' }, { order: 5 })).toBe(text)
})
