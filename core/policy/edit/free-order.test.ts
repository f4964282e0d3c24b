import { expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { freeOrder } from './free-order'

const admin = (priority: number, tier = 'Admin'): ModelObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: `p${priority}` },
  spec: { tier, priority },
})
const older = (priority: number): ModelObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name: `a${priority}` },
  spec: { priority },
})
const calico = (order: number | undefined, tier?: string): ModelObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: `c${order}` },
  spec: { order, ...(tier && { tier }) },
})

test.each([
  ['is kept where it is free', admin(100), [admin(90), calico(100)], 100],
  ['leaves room behind one that has it', admin(100), [admin(100), admin(110)], 120],
  ['is free in another tier', admin(100), [admin(100, 'Baseline')], 100],
  ['is not that of an AdminNetworkPolicy either', admin(100), [older(100)], 110],
  ['is within what the kind allows', admin(995), [admin(995)], 996],
  ['goes before where nothing is behind', admin(1_000), [admin(1_000)], 999],
  ['of Calico is one of its tier', calico(1_000), [calico(1_000, 'default'), calico(undefined)], 1_010],
  ['of Calico is free in another tier', calico(1_000, 'security'), [calico(1_000)], 1_000],
])('%s', (_, wanted, objects, order) => {
  expect(freeOrder(wanted, objects)).toBe(order)
})

test('the same where all are taken, and none where the kind has none', () => {
  expect(
    freeOrder(
      admin(5),
      Array.from({ length: 1_001 }, (_, i) => admin(i)),
    ),
  ).toBe(5)
  expect(freeOrder({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }, [])).toBeNull()
})
