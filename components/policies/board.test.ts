import { describe, expect, test } from 'vitest'
import { noHits } from '@/core/policy/pages/hits'
import type { BoardTier } from '@/core/policy/pages/policies-page'
import { boardColumns, isMovable, moveTo, tiersFor } from './board'
import type { ShownPolicy } from './shown-page'

const tier = (name: string, order: number): BoardTier => ({
  name,
  title: `the tier ${name}`,
  layer: 'network',
  order,
  end: 'next',
  policies: 1,
})
const tiers = [tier('kube-admin', 1), tier('calico/security', 2), tier('default', 3), tier('kube-baseline', 4)]

function row(kind: string, name: string, place: string, order: number): ShownPolicy {
  const group =
    kind === 'ClusterNetworkPolicy'
      ? 'policy.networking.k8s.io'
      : kind === 'GlobalNetworkPolicy'
        ? 'projectcalico.org'
        : 'networking.k8s.io'
  const ref = { group, kind, namespace: null, name }
  return {
    key: `${group}/${kind}//${name}`,
    ref,
    apiVersion: `${group}/v1`,
    name: `${kind} ${name}`,
    mode: 'enforced',
    layer: 'network',
    owner: { type: 'unknown' },
    managers: [],
    createdAt: 0,
    changedAt: 0,
    resourceVersion: '1',
    places: [
      { tier: place, direction: 'ingress', order },
      { tier: place, direction: 'egress', order },
    ],
    isolates: [],
    selects: [],
    rules: [],
    hits: noHits,
    findings: [],
    unreadable: null,
    usage: null,
    unknownUse: false,
    unknownSelects: false,
  }
}

const first = row('ClusterNetworkPolicy', 'first', 'kube-admin', 10)
const second = row('ClusterNetworkPolicy', 'second', 'kube-admin', 11)
const third = row('ClusterNetworkPolicy', 'third', 'kube-admin', 40)
const base = row('ClusterNetworkPolicy', 'base', 'kube-baseline', 50)
const calico = row('GlobalNetworkPolicy', 'audit', 'calico/security', 5)
const last = row('GlobalNetworkPolicy', 'last', 'default', Number.MAX_VALUE)
const plain = row('NetworkPolicy', 'plain', 'default', 1_000)
const columns = boardColumns({ tiers }, [plain, third, second, first, base, calico, last])

test('columns are tiers, cards lie in the order of reading, each once', () => {
  expect(columns.map(({ tier: { name }, cards }) => [name, ...cards.map(({ row: { ref } }) => ref.name)])).toEqual([
    ['kube-admin', 'first', 'second', 'third'],
    ['calico/security', 'audit'],
    ['default', 'plain', 'last'],
    ['kube-baseline', 'base'],
  ])
})

test('what has an order can be moved, to the tiers that its kind knows', () => {
  expect([first, calico, plain].map(isMovable)).toEqual([true, true, false])
  expect(tiersFor(first, columns).map(({ name }) => name)).toEqual(['kube-baseline'])
  expect(tiersFor(calico, columns).map(({ name }) => name)).toEqual(['kube-admin', 'default', 'kube-baseline'])
})

describe('a move', () => {
  test.each([
    ['up to the front', third, 'kube-admin', 0, { order: 5 }],
    ['down to the end', first, 'kube-admin', 3, { order: 140 }],
    ['between two', third, 'kube-admin', 1, 'No priority is free after 10 and before 11.'],
    ['past the next', first, 'kube-admin', 2, { order: 25 }],
    ['nowhere', second, 'kube-admin', 1, null],
    ['nowhere, below itself', second, 'kube-admin', 2, null],
    ['to another tier', first, 'kube-baseline', 1, { order: 150, tier: 'Baseline' }],
    ['of Calico to another tier', last, 'calico/security', 0, { order: 2, tier: 'security' }],
    ['to a tier of others', first, 'default', 0, 'A ClusterNetworkPolicy cannot be in the tier default.'],
    ['behind what has no order', calico, 'default', 2, 'last has no order and is read last; give it one first.'],
    ['of what has no order', plain, 'kube-admin', 0, 'This kind of policy has no order.'],
  ])('%s', (_, moved, name, before, expected) => {
    expect(moveTo(moved, { tier: name, before }, columns)).toEqual(expected)
  })
})
