import { describe, expect, test } from 'vitest'
import type { PolicyObject } from '../inventory/inventory-object'
import {
  changedAtOf,
  inventoryKindOf,
  madeByOf,
  managersOf,
  manifestOf,
  policyInventoryKinds,
} from './inventory-policy'
import { kindOf, parseObject, policyKinds } from './kinds'

const old: PolicyObject = {
  kind: 'NetworkPolicy',
  uid: 'u',
  namespace: 'shop',
  name: 'web',
  createdAt: Date.UTC(2026, 0, 2),
  labels: { app: 'web' },
  annotations: {},
  owner: null,
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
}
const kept: PolicyObject = {
  ...old,
  apiVersion: 'networking.k8s.io/v1',
  metadata: { labels: { app: 'web' }, annotations: { note: 'x' }, finalizers: ['f'] },
  more: {},
  writers: [
    { manager: 'kubectl', operation: 'Update' },
    { manager: 'oriel', operation: 'Apply' },
    { manager: 'odd', operation: 'Replace' },
  ],
  madeBy: { manager: 'kubectl', operation: 'Update', time: 5 },
  touched: { resourceVersion: '7', generation: 2, times: [5, 9, null] },
  cut: null,
}

describe('kinds in the inventory', () => {
  test('have names of their own, and those that were kept before keep theirs', () => {
    const names = [...policyInventoryKinds.keys()]
    expect(names.slice(0, 2)).toEqual(['NetworkPolicy', 'ClusterNetworkPolicy.policy.networking.k8s.io'])
    expect(names).toContain('PeerAuthentication')
    expect(names).toContain('DestinationRule')
    expect(names).toContain('AuthorizationPolicy.security.istio.io')
    expect(names).toContain('AuthorizationPolicy.policy.linkerd.io')
  })

  test('are one for both groups of Calico, the served one first', () => {
    expect(policyInventoryKinds.get('NetworkPolicy.projectcalico.org')?.map(({ group }) => group)).toEqual([
      'projectcalico.org',
      'crd.projectcalico.org',
    ])
    for (const kind of policyKinds) expect(policyInventoryKinds.get(inventoryKindOf(kind))).toContain(kind)
  })
})

describe('the manifest of a policy', () => {
  test('is the object as it was served, with its version', () => {
    expect(manifestOf(kept)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'u',
        resourceVersion: '7',
        generation: 2,
        creationTimestamp: '2026-01-02T00:00:00Z',
        labels: { app: 'web' },
        annotations: { note: 'x' },
        finalizers: ['f'],
      },
      spec: old.spec,
    })
  })

  test('of an older row is of the best version that is known', () => {
    expect(manifestOf(old)).toMatchObject({ apiVersion: 'networking.k8s.io/v1', metadata: { labels: { app: 'web' } } })
    expect(managersOf(old)).toEqual([])
    expect(madeByOf(old)).toBeNull()
  })

  test('has the fields beside its spec', () => {
    const specs = [{ endpointSelector: {} }]
    const kind = 'CiliumNetworkPolicy.cilium.io'
    expect(manifestOf({ ...kept, kind, apiVersion: 'cilium.io/v2', spec: null, more: { specs } })).toMatchObject({
      kind: 'CiliumNetworkPolicy',
      specs,
    })
  })

  test('of one that was too large is refused by the engine, so that it is not taken for an empty one', () => {
    const manifest = manifestOf({ ...kept, spec: null, cut: { bytes: 9, hash: 'h' } })
    const kind = kindOf(manifest)
    expect(kind && parseObject(kind, manifest)).toMatchObject({ problems: [{ path: 'spec' }] })
  })

  test('of a stored Calico object has the labels that Calico keeps in an annotation', () => {
    const annotations = { 'projectcalico.org/metadata': '{"labels":{"role":"feed"},"annotations":{"a":"b"}}' }
    const set: PolicyObject = {
      ...kept,
      kind: 'NetworkSet.projectcalico.org',
      apiVersion: 'crd.projectcalico.org/v1',
      metadata: { annotations },
    }
    expect(manifestOf(set)).toMatchObject({ metadata: { labels: { role: 'feed' }, annotations: { a: 'b' } } })
    const broken = { ...set, metadata: { annotations: { 'projectcalico.org/metadata': '{' } } }
    expect(manifestOf(broken)).toMatchObject({ metadata: { name: 'web' } })
  })
})

test('writers are told newest first, and who made a version', () => {
  expect(managersOf(kept)).toEqual([
    { manager: 'oriel', operation: 'Apply', time: 9 },
    { manager: 'kubectl', operation: 'Update', time: 5 },
    { manager: 'odd', operation: 'unknown', time: null },
  ])
  expect(madeByOf(kept)).toEqual({ manager: 'kubectl', operation: 'Update', time: 5 })
  expect([changedAtOf(kept, 8), changedAtOf(old, 8)]).toEqual([5, 8])
})
