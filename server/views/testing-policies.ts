import { beforeAll } from 'vitest'
import { pod, workload as controller } from '@/core/inventory/inventory-samples'
import type { InventoryObject } from '@/core/inventory/inventory-object'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, workload } from '@/server/db/test-batches'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { viewDatabase } from './testing'

export const now = floorTo(Date.now(), 10_000)
export const made = now - 20 * 86_400_000
export const flowFacet = facetOf({ l7: 'none' })
const denied = facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' })
export const shopOnly = scopeOf([['demo', 'shop']])

/**
 * For tests: a database with two namespaces, policies of both and a minute of traffic, of which some is not as the policies
 * say. Call it at the top of a file.
 */
export function policyDatabase() {
  const db = viewDatabase()
  const write = (at: number, ...objects: InventoryObject[]) =>
    writeInventory(
      db.pool,
      'demo',
      objects.map((object) => ({
        object,
        workload: object.kind === 'Pod' ? { kind: 'Deployment', name: object.labels.app ?? '' } : null,
        at,
        until: null,
      })),
    )
  beforeAll(async () => {
    await write(
      made,
      namespace('shop'),
      namespace('vault'),
      podOf('web', '10.0.0.1'),
      podOf('cart', '10.0.0.2'),
      podOf('db', '10.0.0.3'),
      podOf('secrets', '10.0.1.1', 'vault'),
      controller('CronJob', 'report', { createdAt: made, podLabels: { app: 'report' } }),
      policy('cart-callers', 'cart', ['web', 'checkout']),
      policy('db-callers', 'db', ['cart']),
      policy('vault-only', 'secrets', ['vault-reader'], 'vault'),
    )
    const hidden = { ...edgeName('web', 'secrets'), to: workload('secrets', 'vault') }
    await db.write({
      buckets: [
        bucketRow(now - 60_000, { flows: 40 }, edgeName('web', 'cart'), flowFacet),
        bucketRow(now - 40_000, { flows: 7 }, edgeName('web', 'db'), denied),
        bucketRow(now - 40_000, { flows: 3 }, edgeName('cart', 'web'), denied),
        bucketRow(now - 30_000, { flows: 5 }, hidden, flowFacet),
      ],
      stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
    })
  })
  return { db, write }
}

const namespace = (name: string): InventoryObject => ({
  ...pod(name),
  kind: 'Namespace',
  uid: `namespace-${name}`,
  namespace: '',
  createdAt: made,
})

const podOf = (app: string, ip: string, place = 'shop') =>
  pod(`${app}-1`, {
    uid: `${place}-${app}`,
    namespace: place,
    labels: { app, 'pod-template-hash': 'x' },
    ips: [ip],
    createdAt: made,
  })

export const policy = (name: string, app: string, from: readonly string[], place = 'shop'): InventoryObject => ({
  uid: `policy-${place}-${name}`,
  kind: 'NetworkPolicy',
  namespace: place,
  name,
  createdAt: made,
  labels: {},
  annotations: {},
  owner: null,
  spec: {
    podSelector: { matchLabels: { app } },
    policyTypes: ['Ingress'],
    ingress: from.map((one) => ({ from: [{ podSelector: { matchLabels: { app: one } } }], ports: [{ port: 80 }] })),
  },
})
