import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { calico } from './kinds/test-calico'
import type { ModelObject } from './model'
import { refKey } from './normal-form'
import { policyName } from './policy-name'
import { defaultOptions } from './profile'
import { modelOf } from './test-model'

const of = (apiVersion: string, kind: string, spec: ModelObject): ModelObject => ({
  apiVersion,
  kind,
  metadata: { namespace: 'shop', name: 'p' },
  spec,
})
const namesOf = (...objects: readonly ModelObject[]) => {
  const { policies, unread } = compilePolicies(modelOf([], objects), defaultOptions)
  expect(policies).toHaveLength(objects.length)
  return { keys: policies.map(({ ref }) => refKey(ref)), shown: policies.map(({ ref }) => policyName(ref)), unread }
}

test('AuthorizationPolicies of two meshes are two objects, though one name is theirs', () => {
  const target = { group: 'core', kind: 'Namespace', name: 'shop' }
  const { keys, unread } = namesOf(
    of('security.istio.io/v1', 'AuthorizationPolicy', {}),
    of('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', { targetRef: target, requiredAuthenticationRefs: [] }),
  )
  expect(unread).toEqual([])
  expect(new Set(keys).size).toBe(2)
})

test('NetworkPolicies of Kubernetes and Calico are two objects, and people can tell them apart', () => {
  const { keys, shown } = namesOf(
    of('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {} }),
    calico('NetworkPolicy', 'shop/p', {}),
  )
  expect(new Set(keys).size).toBe(2)
  expect(shown).toEqual(['NetworkPolicy shop/p', 'CalicoNetworkPolicy shop/p'])
})

test('what Calico stores itself is the object that it serves, whether or not it can be read', () => {
  const served = calico('NetworkPolicy', 'shop/p', {})
  const { keys } = namesOf(
    served,
    { ...served, apiVersion: 'crd.projectcalico.org/v1' },
    calico('NetworkPolicy', 'shop/p', { order: 'first' }),
  )
  expect(new Set(keys).size).toBe(1)
})
