import { expect, test } from 'vitest'
import { pod, modelOf, space } from '../test-model'
import type { GroundEdge, PolicyGround } from '../ground'
import type { ModelObject } from '../model'
import { judgeGround } from './judge-ground'
import { policyLens } from './policy-lens'

const web = pod('shop/web', { labels: { app: 'web' }, kind: 'Deployment' })
const db = pod('shop/db', { labels: { app: 'db' }, kind: 'Deployment' })
const log = pod('ops/log', { kind: 'Deployment' })
const workloads = [web, db, log]
const onlyWeb: ModelObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
  },
}

const key = (at: number) => {
  const one = workloads[at]
  return one ? `east/${one.namespace}/${one.kind}/${one.name}` : 'east//Unknown/?'
}
const edge = (from: number, to: number, port: number, more: Partial<GroundEdge> = {}): GroundEdge => ({
  id: `${key(from)}|${key(to)}|${port}|tcp`,
  from: from < 0 ? { type: 'unknown', why: 'not-known' } : { type: 'workload', workload: from },
  to: { type: 'workload', workload: to },
  protocol: 'TCP',
  port,
  allowed: 1,
  denied: 0,
  evidence: { count: 1, first: 0, last: 0, days: 1 },
  lastAllowed: 500_000,
  lastDenied: null,
  witness: 'hubble',
  ...more,
})
const stopped = { allowed: 0, denied: 2, lastAllowed: null, lastDenied: 500_000 }

const ground = (edges: readonly GroundEdge[], more: Partial<PolicyGround> = {}): PolicyGround => ({
  cluster: 'east',
  at: 0,
  period: { from: 0, to: 1 },
  profile: 'generic',
  model: modelOf(workloads, [onlyWeb], { namespaces: [space('shop', {}), space('ops', {})] }),
  records: [],
  edges,
  unread: [],
  hidesNamespaces: false,
  lastChange: 0,
  ...more,
})
const options = { level: 'workload', by: 'namespace', fold: [], unfold: [], foldAbove: Infinity } as const
const world = { inventory: [], teams: new Map() }
const lens = (edges: readonly GroundEdge[], more: Partial<typeof options> | { readonly fold: string[] } = {}) =>
  policyLens([judgeGround(ground(edges))], world, { ...options, ...more })

test.each([
  ['a rule allows it', edge(0, 1, 5432), 'by-rule'],
  ['nothing restricts it', edge(0, 2, 80), 'open'],
  ['it is denied, and so it happened', edge(2, 1, 5432, stopped), 'denied'],
  ['it is denied and passed', edge(2, 1, 5432), 'differs'],
  ['it is allowed and was stopped', edge(0, 1, 5432, stopped), 'differs'],
  ['an end is not known', edge(-1, 1, 5432), 'undecidable'],
] as const)('%s', (_, one, is) => {
  expect(lens([one]).edges).toEqual([{ id: one.id, is }])
})

test('where a region is one node, its edges are one, of what asks most for attention', () => {
  const { edges, nodes } = lens([edge(2, 0, 80), edge(2, 1, 5432, stopped), edge(0, 1, 5432)], { fold: ['east/shop'] })
  expect(edges).toEqual([{ id: 'east/ops/Deployment/log|east/shop/Namespace/shop|0|unknown', is: 'denied' }])
  expect(nodes).toEqual([
    { id: 'east/shop/Namespace/shop', workloads: 2, ingress: 1, egress: 0, unknown: 0 },
    { id: 'east/ops/Deployment/log', workloads: 1, ingress: 0, egress: 0, unknown: 0 },
  ])
})

test('what is open is not known where a kind of policies could not be read', () => {
  const partly = judgeGround(ground([], { unread: [{ kind: 'CiliumNetworkPolicy', reason: 'forbidden' }] }))
  const { nodes } = policyLens([partly], world, options)
  expect(nodes.map(({ id, unknown }) => [id.split('/').at(-1), unknown])).toEqual([
    ['web', 1],
    ['db', 0],
    ['log', 1],
  ])
})
