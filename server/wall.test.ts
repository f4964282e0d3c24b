import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, type Scope, scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow } from '@/server/db/test-batches'
import { forgetAccessFacts, loadAccessFacts } from './access-facts'
import { database } from './database'
import { readAllEdges } from './db/names/read-all-edges'
import { loadGround } from './encryption-ground'
import { firstData } from './first-data'
import { liveEnd } from './live-end'
import { createSharedCache } from './shared-cache'
import { createTrailing } from './trailing'
import { viewDatabase } from './views/testing'
import { pastTheWall, wallScope, withScope } from './wall'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const nobody = scopeOf([])
const shop = scopeOf([['demo', 'shop']])

beforeAll(() =>
  db.write({
    buckets: [bucketRow(now - 60_000, { flows: 1 })],
    stats: { records: 1, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  }),
)
afterAll(forgetAccessFacts)

const edges = async () => (await readAllEdges(database())).size

describe('a load within a scope', () => {
  it('reads rows of the scope, whoever else reads at the same time', async () => {
    const results = await Promise.all([edges(), withScope(nobody, edges), withScope(shop, edges), edges()])
    expect(results).toEqual([1, 0, 1, 1])
    expect(await withScope(everything, edges)).toBe(1)
  })

  it('reads past the wall only what is asked for there', async () => {
    const seen = await withScope(nobody, () =>
      pastTheWall(edges, (whole, wall): [number, Scope] => {
        expect(wallScope()).toBe(nobody)
        return [whole, wall]
      }),
    )
    expect(seen).toEqual([1, nobody])
    expect(await withScope(nobody, async () => [await pastTheWall(edges, (n) => n), await edges()])).toEqual([1, 0])
  })
})

describe('what is kept', () => {
  it('behind one wall is given behind no other', async () => {
    const cache = createSharedCache<number>({ ttlMs: 60_000, entries: 9, weight: 9, weigh: () => 1 })
    const cached = async () => (await cache.get('same', edges)).value
    expect([await withScope(nobody, cached), await cached(), await withScope(shop, cached)]).toEqual([0, 1, 1])
    expect([await withScope(nobody, async () => cache.peek('same', 60_000)), cache.peek('same', 60_000)]).toEqual([
      0, 1,
    ])
    const trailing = createTrailing<number>(9, () => {})
    const last = () => trailing.get({ kind: 'a', key: 'b' }, edges, () => true)
    expect([await withScope(nobody, last), await last()]).toEqual([0, 1])
  })

  // Each is kept once for everybody, and here first asked for by somebody who sees nothing.
  it.each<[string, () => Promise<unknown>]>([
    ['the live end', liveEnd],
    ['the first data', firstData],
    ['teams and namespaces', () => loadAccessFacts()],
  ])('for everybody is the same behind every wall: %s', async (_, load) => {
    const first = await withScope(nobody, load)
    expect(await load()).toEqual(first)
    expect(first).toBeTruthy()
  })

  it('of the ground is redacted by the wall, whatever scope is passed', async () => {
    const window = { from: now - 600_000, to: now }
    await db.pool.query(
      `insert into inventory_object select 'demo', 'Pod', 'u', 'shop', 'web-1', now() - interval '1 h', null, $1::jsonb`,
      [
        JSON.stringify({
          kind: 'Pod',
          labels: {},
          phase: 'Running',
          node: 'n1',
          proxy: 'none',
          hostNetwork: false,
          skipsIn: [],
          skipsOut: [],
          workload: { kind: 'Deployment', name: 'web' },
        }),
      ],
    )
    expect((await withScope(nobody, () => loadGround(window, everything))).workloads.size).toBe(0)
    expect((await withScope(shop, () => loadGround(window, everything))).workloads.size).toBe(1)
  })
})
