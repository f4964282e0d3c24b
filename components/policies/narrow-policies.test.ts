import { expect, test } from 'vitest'
import { noHits } from '@/core/policy/pages/hits'
import type { WorkloadCover } from '@/core/policy/pages/policies-page'
import { facetChoices, type Narrowing, narrowPolicies } from './narrow-policies'
import { groupPolicies, parsePolicySort, sortPolicies } from './sort-policies'
import type { ShownPolicy } from './shown-page'

const all: Narrowing = { find: '', kind: null, ns: null, owner: null, state: null }
const open = { state: 'open', by: [] } as const
const workloads: readonly WorkloadCover[] = [
  { namespace: 'shop', name: 'cart', kind: 'Deployment', ingress: open, egress: open, mesh: null },
]

const row = (namespace: string | null, name: string, more: Partial<ShownPolicy> = {}): ShownPolicy => ({
  key: `networking.k8s.io/NetworkPolicy/${namespace ?? ''}/${name}`,
  ref: { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace, name },
  apiVersion: 'networking.k8s.io/v1',
  name: `NetworkPolicy ${namespace}/${name}`,
  mode: 'enforced',
  layer: 'network',
  owner: { type: 'people', manager: 'kubectl' },
  managers: [],
  createdAt: 0,
  changedAt: 0,
  resourceVersion: '1',
  places: [{ tier: 'default', direction: 'ingress', order: 1_000 }],
  isolates: ['ingress'],
  selects: [],
  rules: [],
  hits: noHits,
  findings: [],
  unreadable: null,
  usage: { last: null, span: 1_000 },
  unknownUse: false,
  unknownSelects: false,
  ...more,
})
const used = { ...noHits, edges: 1, allowed: 5, denied: 2, lastUsed: 9 }
const web = row('shop', 'web', { hits: used, selects: [0], owner: { type: 'argo-cd', name: 'shop' } })
const db = row('data', 'db', { findings: [0, 1] })
const staged = row('data', 'tried', { mode: 'staged' })
const wide = row(null, 'wide', { places: [{ tier: 'kube-admin', direction: 'egress', order: 3 }] })
const rows = [web, db, staged, wide]
const names = (found: readonly ShownPolicy[]) => found.map(({ ref }) => ref.name)

test.each([
  [{ find: 'SHOP web' }, ['web']],
  [{ find: 'cart' }, ['web']],
  [{ find: 'argo' }, ['web']],
  [{ ns: '-' }, ['wide']],
  [{ owner: 'people' }, ['db', 'tried', 'wide']],
  [{ state: 'unused' }, ['db', 'wide']],
  [{ state: 'denying' }, ['web']],
  [{ state: 'staged' }, ['tried']],
  [{ state: 'findings', ns: 'data' }, ['db']],
  [{ state: 'not a state' }, ['web', 'db', 'tried', 'wide']],
])('%o leaves %o', (narrowing, left) => {
  expect(names(narrowPolicies(rows, workloads, { ...all, ...narrowing }))).toEqual(left)
})

test('a facet counts what it would leave among what the others leave', () => {
  const { ns, state } = facetChoices(rows, workloads, { ...all, ns: 'shop', state: 'unused' })
  expect(ns).toEqual([
    { value: '-', count: 1 },
    { value: 'data', count: 1 },
    { value: 'shop', count: 0 },
  ])
  expect(state).toEqual([
    { value: 'used', count: 1 },
    { value: 'unused', count: 0 },
    { value: 'denying', count: 1 },
    { value: 'staged', count: 0 },
    { value: 'findings', count: 0 },
  ])
})

const tier = { title: '', layer: 'network', order: 0, end: 'deny', policies: 1 } as const
const tiers = [
  { ...tier, name: 'kube-admin' },
  { ...tier, name: 'default' },
]

test('policies are listed as they are read, and by what is asked for', () => {
  expect(names(sortPolicies(rows, parsePolicySort('place'), tiers))).toEqual(['wide', 'db', 'tried', 'web'])
  expect(names(sortPolicies(rows, parsePolicySort('-allowed'), tiers))[0]).toBe('web')
  expect(names(sortPolicies(rows, parsePolicySort('last'), tiers))[0]).toBe('web')
  expect(parsePolicySort('-nothing')).toEqual({ id: 'place', direction: 'ascending' })
})

test('groups have a head with their number', () => {
  const lines = groupPolicies(sortPolicies(rows, parsePolicySort('namespace'), tiers), 'namespace', tiers)
  expect(lines.flatMap((line) => (line.type === 'head' ? [[line.label, line.count]] : []))).toEqual([
    ['the whole cluster', 1],
    ['data', 2],
    ['shop', 1],
  ])
})
