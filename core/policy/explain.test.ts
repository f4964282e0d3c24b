import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { defaultOptions } from './profile'
import { flowTo, modelOf, pod } from './test-model'
import type { Flow } from './decision'

const web = pod('shop/web', { labels: { app: 'web' } })
const db = pod('shop/db', { labels: { app: 'db' } })
const agent = pod('shop/agent', { labels: { app: 'agent' }, hostNetwork: true })
const allowWeb = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'allow-web', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [
      {
        from: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'agent'] }] } }],
        ports: [{ port: 5432 }],
      },
    ],
  },
}
const sentences = (from: typeof web, port: number) => {
  const compiled = compilePolicies(modelOf([web, db, agent], [allowWeb]), defaultOptions)
  const flow = flowTo(from, db, port)
  return explain(compiled, flow, evaluate(compiled, flow))
}

test('an allowed connection names the rule and what restricts nothing', () => {
  expect(sentences(web, 5432)).toEqual([
    'Allowed: shop/web to shop/db, TCP 5432.',
    'NetworkPolicy shop/allow-web allows ingress to shop/db from pods app in (web, agent) in namespace shop on TCP 5432 (spec.ingress[0]).',
    'Nothing restricts the egress of shop/web.',
  ])
})

test('a denied one names the policies that isolate', () => {
  expect(sentences(web, 80)).toEqual([
    'Denied: shop/web to shop/db, TCP 80.',
    'NetworkPolicy shop/allow-web selects it for ingress, and no rule of it allows TCP 80 from shop/web.',
  ])
})

test('an undefined one says what is not known', () => {
  expect(sentences(agent, 5432)).toEqual([
    'Undefined: shop/agent to shop/db, TCP 5432.',
    'The ingress of shop/db is open, because agent is on the network of its node, where selectors may not see it.',
    'Nothing restricts the egress of shop/agent.',
  ])
})

test('a sentence is said once, and a name of a host stays as it is', () => {
  const compiled = compilePolicies(modelOf([web, db, agent], [allowWeb]), defaultOptions)
  const said = (flow: Flow) => explain(compiled, flow, evaluate(compiled, flow)).slice(1)
  const itself = said(flowTo(db, db, 80))
  expect(itself).toEqual(['Policies do not govern what a pod sends to itself.'])
  const names = ['example.com']
  expect(said({ ...flowTo(web, db, 443), to: { type: 'external', address: '192.0.2.1', names } })).toContain(
    'example.com is no pod, so no policy governs its ingress.',
  )
})

test('what a node sends to its own pods names the policy that would deny it', () => {
  const deny = {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'no-nodes' },
    spec: {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: {} },
      ingress: [{ action: 'Deny', from: [{ nodes: {} }] }],
    },
  }
  const compiled = compilePolicies(modelOf([web, db], [deny]), defaultOptions)
  const from = { type: 'node' as const, name: db.nodes[0] ?? '', addresses: ['10.9.0.1'] }
  const flow = { ...flowTo(web, db, 80), from }
  expect(explain(compiled, flow, evaluate(compiled, flow))[1]).toBe(
    'The ingress of shop/db is open, because a node always reaches the pods that it runs, and whether the pod in question is one of them is not known; else ClusterNetworkPolicy no-nodes denies it.',
  )
})
