import { beforeAll, describe, expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import { pod } from '@/core/inventory/inventory-samples'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf } from '@/server/db/test-batches'
import { writeInventory } from '@/server/db/inventory/write-inventory'
import { encryptionReadinessView } from './encryption-readiness'
import { answerOf as ask, viewDatabase } from './testing'

const db = viewDatabase()
const now = floorTo(Date.now(), 60_000)
const hour = 3_600_000
const istio = { source: 'prometheus:istio', l7: 'http' } as const
const [mtls, plain] = [facetOf({ ...istio, encryption: 'mtls' }), facetOf({ ...istio, encryption: 'plaintext' })]
const counts = (n: number) => ({ requests: n, responses: n, clientErrors: 0, serverErrors: 0 })

const cart: InventoryChange = {
  object: { ...pod('cart-1', { labels: { app: 'cart' }, proxy: 'sidecar' }), createdAt: now - 5 * hour },
  workload: { kind: 'Deployment', name: 'cart' },
  at: now - 5 * hour,
  until: null,
}

beforeAll(async () => {
  await writeInventory(db.pool, 'demo', [cart])
  await db.write({
    buckets: [
      bucketRow(now - 70_000, counts(30), edgeName('web', 'cart'), mtls),
      bucketRow(now - 1.5 * hour, counts(2), edgeName('batch', 'cart'), plain),
    ],
    stats: { records: 2, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

describe('whether a namespace could refuse plaintext', () => {
  it('looks back beyond the window, and says how far and where', async () => {
    const { looked, rows } = await ask(encryptionReadinessView, 'encryption/readiness?last=5m')
    expect(looked).toEqual({ from: now - 1.5 * hour, to: now })
    expect(rows).toMatchObject([
      {
        namespace: 'shop',
        state: 'blocked',
        words: 'STRICT would break one edge: batch → cart, last seen more than 60 min ago',
        mend: null,
      },
    ])
    expect(rows[0]?.seen?.from).toBeLessThanOrEqual(now - 1.5 * hour)
    expect(rows[0]?.seen?.to).toBeGreaterThan(now - 1.5 * hour)
  })

  it('is of the edges that a filter leaves', async () => {
    const { rows } = await ask(encryptionReadinessView, 'encryption/readiness?last=5m&q=from:web')
    expect(rows).toMatchObject([{ namespace: 'shop', state: 'young' }])
    expect((await ask(encryptionReadinessView, 'encryption/readiness?last=5m&cluster=other')).rows).toEqual([])
  })
})
