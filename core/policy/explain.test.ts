import { expect, test } from 'vitest'
import { compilePolicies } from './compile'
import { evaluate } from './evaluate'
import { explain } from './explain'
import { defaultOptions } from './profile'
import { flowTo, modelOf, pod } from './test-model'

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
