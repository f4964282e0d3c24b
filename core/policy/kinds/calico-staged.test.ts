import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { allow, calico, forDb, verdict } from './test-calico'

const deny = { action: 'Deny' }
const staged = { staged: 'enforced' } as const
const global = (kind: string, spec: ModelObject) => calico(kind, 'np', { selector: "app == 'db'", ...spec })
const kubernetes: ModelObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'np', namespace: 'shop' },
  spec: { podSelector: {}, ingress: [] },
}

describe('staged policies', () => {
  test.each<[string, readonly ModelObject[], string, string]>([
    [
      'a new one',
      [calico('StagedNetworkPolicy', 'shop/np', { selector: "app == 'db'", ingress: [deny] })],
      'allowed',
      'denied',
    ],
    [
      'one instead of another',
      [forDb(deny), calico('StagedNetworkPolicy', 'shop/np', { ingress: [allow()] })],
      'denied',
      'allowed',
    ],
    [
      'one of another name',
      [forDb(deny), calico('StagedNetworkPolicy', 'shop/other', { ingress: [allow()] })],
      'denied',
      'denied',
    ],
    [
      'a deletion',
      [forDb(deny), calico('StagedNetworkPolicy', 'shop/np', { stagedAction: 'Delete', tier: 'default' })],
      'denied',
      'allowed',
    ],
    [
      'one that is ignored',
      [calico('StagedNetworkPolicy', 'shop/np', { stagedAction: 'Ignore', ingress: [deny] })],
      'allowed',
      'allowed',
    ],
    [
      'one that is ignored beside another',
      [forDb(deny), calico('StagedNetworkPolicy', 'shop/np', { stagedAction: 'Ignore', ingress: [allow()] })],
      'denied',
      'denied',
    ],
    [
      'a global one',
      [
        global('GlobalNetworkPolicy', { ingress: [deny] }),
        global('StagedGlobalNetworkPolicy', { stagedAction: 'Set', ingress: [allow()] }),
      ],
      'denied',
      'allowed',
    ],
    [
      'a global deletion',
      [
        global('GlobalNetworkPolicy', { ingress: [deny] }),
        calico('StagedGlobalNetworkPolicy', 'np', { stagedAction: 'Delete' }),
      ],
      'denied',
      'allowed',
    ],
    [
      'one of Kubernetes',
      [kubernetes, calico('StagedKubernetesNetworkPolicy', 'shop/np', { podSelector: {}, ingress: [{}] })],
      'denied',
      'allowed',
    ],
    [
      'a deletion of Kubernetes',
      [kubernetes, calico('StagedKubernetesNetworkPolicy', 'shop/np', { stagedAction: 'Delete' })],
      'denied',
      'allowed',
    ],
    [
      'one of Calico leaves one of Kubernetes of its name',
      [kubernetes, calico('StagedNetworkPolicy', 'shop/np', { stagedAction: 'Delete' })],
      'denied',
      'denied',
    ],
    [
      'one of Kubernetes leaves one of Calico of its name',
      [forDb(deny), calico('StagedKubernetesNetworkPolicy', 'shop/np', { stagedAction: 'Delete' })],
      'denied',
      'denied',
    ],
  ])('%s: %#', (_, objects, now, then) => {
    expect(verdict(objects)).toBe(now)
    expect(verdict(objects, {}, staged)).toBe(then)
  })
})
