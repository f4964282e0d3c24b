import { describe, expect, it } from 'vitest'
import type { InventoryObject, PolicyObject } from '../inventory/inventory-object'
import { service } from '../inventory/inventory-samples'
import { everything, scopeOf } from '../scope'
import { redactInventory } from './redact-inventory'
import { groundPods } from './test-ground-pods'

const base = { uid: 'u', namespace: '', createdAt: 0, labels: {}, annotations: {}, owner: null }
const namespace = (name: string): InventoryObject => ({ ...base, kind: 'Namespace', name })
const node = (name: string): InventoryObject => ({ ...base, kind: 'Node', name, addresses: [] })
const pods = (namespace: string, on: string) => groundPods('web', { namespace, nodes: [on] })
const policy = (kind: PolicyObject['kind'], place: string, name: string, spec: unknown = {}) => {
  const object: PolicyObject = { ...base, kind, namespace: place, name, spec }
  return { object, from: 0 }
}
const whole = {
  profile: 'generic' as const,
  pods: [pods('shop', 'n1'), pods('vault', 'n2')],
  objects: [
    namespace('shop'),
    namespace('vault'),
    node('n1'),
    node('n2'),
    service('web'),
    service('x', { namespace: 'vault' }),
  ],
  policies: [
    policy('NetworkPolicy', 'shop', 'own'),
    policy('NetworkPolicy', 'vault', 'foreign'),
    policy('GlobalNetworkPolicy.projectcalico.org', '', 'all'),
    policy('AuthorizationPolicy.security.istio.io', 'istio-system', 'mesh-wide'),
    policy('AuthorizationPolicy.security.istio.io', 'istio-system', 'of-some', { selector: { matchLabels: {} } }),
    policy('PeerAuthentication', 'istio-system', 'mesh-default', { mtls: { mode: 'STRICT' } }),
  ],
}

describe('the inventory within a scope', () => {
  const seen = redactInventory(whole, 'c', scopeOf([['c', 'shop']]))

  it('keeps what lies in its namespaces and the nodes that they run on, and counts the others', () => {
    expect(seen.pods).toEqual([pods('shop', 'n1')])
    expect(seen.objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Namespace shop',
      'Node n1',
      'Service web',
    ])
    expect(seen.hidesNamespaces).toBe(true)
  })

  it('keeps policies that concern everybody', () => {
    expect(seen.policies.map(({ object }) => object.name)).toEqual(['own', 'all', 'mesh-wide', 'mesh-default'])
  })

  it('is all of it for who sees everything, and nothing of another cluster', () => {
    expect(redactInventory(whole, 'c', everything)).toEqual({ ...whole, hidesNamespaces: false })
    expect(redactInventory(whole, 'c', scopeOf([['d', 'shop']])).pods).toEqual([])
  })
})
