import { beforeAll, expect, it } from 'vitest'
import { pod } from '@/core/inventory/inventory-samples'
import type { InventoryObject } from '@/core/inventory/inventory-object'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf } from '@/server/db/test-batches'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { policyLensView } from './policy-lens'
import { answerOf as ask, viewDatabase } from './testing'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const made = now - 86_400_000

const podOf = (app: string): InventoryObject =>
  pod(`${app}-1`, { uid: app, namespace: 'shop', labels: { app }, createdAt: made })
const namespace: InventoryObject = { ...pod('shop'), kind: 'Namespace', uid: 'shop', namespace: '', createdAt: made }
const policy: InventoryObject = {
  uid: 'policy',
  kind: 'NetworkPolicy',
  namespace: 'shop',
  name: 'cart-callers',
  createdAt: made,
  labels: {},
  annotations: {},
  owner: null,
  spec: {
    podSelector: { matchLabels: { app: 'cart' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
  },
}

beforeAll(async () => {
  const objects = [namespace, podOf('web'), podOf('cart'), podOf('db'), policy]
  await writeInventory(
    db.pool,
    'demo',
    objects.map((object) => ({
      object,
      workload: object.kind === 'Pod' ? { kind: 'Deployment', name: object.labels.app ?? '' } : null,
      at: made,
      until: null,
    })),
  )
  const denied = facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' })
  await db.write({
    buckets: [
      bucketRow(now - 60_000, { flows: 40 }, edgeName('web', 'cart'), facetOf({ l7: 'none' })),
      bucketRow(now - 60_000, { flows: 4 }, edgeName('web', 'db'), facetOf({ l7: 'none' })),
      bucketRow(now - 40_000, { flows: 7 }, edgeName('db', 'cart'), denied),
    ],
    stats: { records: 3, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const id = (from: string, to: string) => `demo/shop/Deployment/${from}|demo/shop/Deployment/${to}|80|tcp`

it('tells of each edge of the map what policies decide, and of each node whom they isolate', async () => {
  const { clusters, edges, nodes } = await ask(policyLensView, 'policies/lens?last=15m')
  expect(clusters).toEqual(['demo'])
  expect(new Map(edges.map((edge) => [edge.id, edge.is]))).toEqual(
    new Map([
      [id('web', 'cart'), 'by-rule'],
      [id('web', 'db'), 'open'],
      [id('db', 'cart'), 'denied'],
    ]),
  )
  expect(nodes.find((node) => node.id.endsWith('/cart'))).toMatchObject({ workloads: 1, ingress: 1, egress: 0 })
})

it('speaks of folded regions as the map draws them', async () => {
  const { edges, nodes } = await ask(policyLensView, 'policies/lens?last=15m&whole=1')
  expect(edges).toEqual([])
  expect(nodes).toEqual([{ id: 'demo/shop/Namespace/shop', workloads: 3, ingress: 1, egress: 0, unknown: 0 }])
})

it('is empty where nothing is to be seen', async () => {
  const none = { clusters: [], edges: [], nodes: [] }
  expect(await ask(policyLensView, 'policies/lens?last=15m', scopeOf([]))).toEqual(none)
  expect(await ask(policyLensView, 'policies/lens?last=15m&cluster=other')).toEqual(none)
})
