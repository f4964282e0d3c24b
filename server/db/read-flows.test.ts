import { beforeAll, expect, test } from 'vitest'
import { createDictionaries } from './dictionaries'
import { readFlow } from './read-flow'
import { type FlowsQuestion, readFlows } from './read-flows'
import { batchOf, edgeName, facetOf, leasedSource, recordRow } from './test-batches'
import { testDatabase } from './testing'
import { writeBatch } from './write-batch'

const db = testDatabase()
const end = Math.floor(Date.now() / 10_000) * 10_000
const denied = facetOf({ verdict: 'denied', reason: 'POLICY_DENIED', l7: 'none' })
const everything: FlowsQuestion = {
  window: { from: end - 6 * 3_600_000, to: end },
  edgeIds: null,
  facetIds: null,
  status: null,
  before: null,
  after: null,
  limit: 500,
  recordingId: null,
}
const edges = { cart: 0, pay: 0 }

/** 300 records over an hour; every tenth is denied, every seventh a 503, every third to another edge. Times come in pairs. */
beforeAll(async () => {
  const token = await leasedSource(db.pool, 'flows')
  const dictionaries = createDictionaries(db.pool)
  const records = Array.from({ length: 300 }, (_, i) =>
    recordRow(end - 1 - Math.floor(i / 2) * 24_000 - 0.25, BigInt(i) - 150n, {
      facet: i % 10 === 0 ? denied : facetOf(),
      edge: i % 3 === 0 ? edgeName('web', 'pay', 443) : edgeName('web', 'cart'),
      status: i % 7 === 0 ? 503 : 200,
    }),
  )
  await writeBatch(db.pool, dictionaries, batchOf('flows', token, { records }))
  const ids = await dictionaries.edges([edgeName('web', 'cart'), edgeName('web', 'pay', 443)])
  edges.cart = ids[0] ?? 0
  edges.pay = ids[1] ?? 0
})

test('gives the newest first, ordinary and denied together', async () => {
  const rows = await readFlows(db.pool, { ...everything, limit: 25 })
  expect(rows).toHaveLength(25)
  const places = rows.map((row) => [row.time, BigInt.asIntN(64, row.key)] as const)
  expect(places).toEqual([...places].sort((a, b) => b[0] - a[0] || (b[1] > a[1] ? 1 : -1)))
  expect(rows[0]).toMatchObject({ time: end - 1.25, sourcePort: 40_000, latencyMs: 1.5, summary: 'GET /cart' })
})

test('pages through everything once, in both directions', async () => {
  const keys: bigint[] = []
  let before: FlowsQuestion['before'] = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readFlows>> = await readFlows(db.pool, { ...everything, limit: 37, before })
    keys.push(...page.map((row) => row.key))
    const last = page.at(-1)
    if (page.length < 37 || !last) break
    before = last
  }
  expect(keys).toHaveLength(300)
  expect(new Set(keys).size).toBe(300)
  const newest = await readFlows(db.pool, { ...everything, limit: 10 })
  const tenth = newest.at(-1)
  expect(await readFlows(db.pool, { ...everything, after: tenth ?? null })).toEqual(newest.slice(0, 9))
})

test.each<[string, () => Partial<FlowsQuestion>, number]>([
  ['one edge', () => ({ edgeIds: [edges.pay] }), 100],
  ['no edge', () => ({ edgeIds: [] }), 0],
  ['a status range', () => ({ status: { from: 500, to: 599 } }), 43],
  ['edge and status', () => ({ edgeIds: [edges.pay], status: { from: 500, to: 599 } }), 15],
  ['a window', () => ({ window: { from: end - 24_000, to: end } }), 2],
])('filters by %s', async (_, filter, count) => {
  expect(await readFlows(db.pool, { ...everything, ...filter() })).toHaveLength(count)
})

test('finds one record with all that its source gave', async () => {
  const [row] = await readFlows(db.pool, { ...everything, limit: 1 })
  expect(row && (await readFlow(db.pool, row, null))).toEqual({
    ...row,
    shape: '{"node":"n1"}',
    detail: '{"uuid":"u"}',
  })
  expect(await readFlow(db.pool, { time: end, key: 1n }, null)).toBeNull()
})
