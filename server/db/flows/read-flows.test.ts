import { beforeAll, expect, test } from 'vitest'
import { compileEdgeFilter } from '@/core/filter/filter-match'
import { parseFilter } from '@/core/filter/filter-parse'
import { type FlowCondition, flowCondition } from '@/core/flows/flow-condition'
import type { FlowPlace } from '@/core/flows/flow-id'
import { createDictionaries } from '../names/dictionaries'
import { readAllEdges } from '../names/read-all-edges'
import { readAllFacets } from '../names/read-all-facets'
import { readDetail } from './read-detail'
import { readFlow } from './read-flow'
import { type FlowIds, type FlowsQuestion, type FoundFlows, readFlows } from './read-flows'
import { batchOf, edgeName, facetOf, leasedSource, recordRow } from '../test-batches'
import { testDatabase } from '../testing'
import { writeBatch } from '../write-batch'

const db = testDatabase()
const end = Math.floor(Date.now() / 10_000) * 10_000
const denied = facetOf({ verdict: 'denied', reason: 'POLICY_DENIED', l7: 'none' })
const everything: FlowsQuestion = {
  window: { from: end - 6 * 3_600_000, to: end },
  condition: { type: 'all' },
  before: null,
  after: null,
  limit: 500,
  recordingId: null,
  budgetMs: Number.POSITIVE_INFINITY,
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
      status: i % 7 === 0 ? 503 : i % 7 === 1 ? null : 200,
      summary: i % 5 === 0 ? `GET /pay?a_b=100%` : 'GET /cart',
    }),
  )
  await writeBatch(db.pool, dictionaries, batchOf('flows', token, { records }))
  const ids = await dictionaries.edges([edgeName('web', 'cart'), edgeName('web', 'pay', 443)])
  edges.cart = ids[0] ?? 0
  edges.pay = ids[1] ?? 0
})

const read = async (more: Partial<FlowsQuestion>) => (await readFlows(db.pool, { ...everything, ...more })).rows

/** Every page of a question, one after the other, as a reader scrolls through them. */
async function pages(more: Partial<FlowsQuestion>, limit: number): Promise<readonly FlowIds[]> {
  const rows: FlowIds[] = []
  let before: FlowPlace | null = null
  for (;;) {
    const page: FoundFlows = await readFlows(db.pool, { ...everything, ...more, limit, before })
    rows.push(...page.rows)
    if (page.searchedTo === null) return rows
    before = page.rows.length >= limit ? (page.rows.at(-1) ?? null) : { time: page.searchedTo, key: 2n ** 63n }
  }
}

test('gives the newest first, ordinary and denied together', async () => {
  const rows = await read({ limit: 25 })
  expect(rows).toHaveLength(25)
  const places = rows.map((row) => [row.time, BigInt.asIntN(64, row.key)] as const)
  expect(places).toEqual([...places].sort((a, b) => b[0] - a[0] || (b[1] > a[1] ? 1 : -1)))
  expect(rows[0]).toMatchObject({ time: end - 1.25, sourcePort: 40_000, latencyMs: 1.5, summary: 'GET /cart' })
})

test.each([
  ['1', 1, Number.POSITIVE_INFINITY],
  ['7', 7, Number.POSITIVE_INFINITY],
  ['37', 37, Number.POSITIVE_INFINITY],
  ['37 without time to search', 37, 0],
])('pages of %s are the whole, each record once, also those of equal times', async (_, limit, budgetMs) => {
  const whole = await read({})
  expect(whole).toHaveLength(300)
  expect(await pages({ budgetMs }, limit)).toEqual(whole)
})

test('a search that ran out of time says how far it came, and goes on from there', async () => {
  const condition: FlowCondition = { type: 'edges', ids: new Set([edges.pay]) }
  const first = await readFlows(db.pool, { ...everything, condition, budgetMs: 0 })
  expect(first.searchedTo).toBe(end - 10_000)
  expect(await pages({ condition, budgetMs: 0 }, 500)).toEqual(await read({ condition }))
})

test('a tail reads the oldest of what is newer, so that reading on leaves nothing out', async () => {
  const newest = await read({ limit: 50 })
  const rows: FlowIds[] = []
  let after = newest.at(-1) ?? null
  for (let more = true; more;) {
    const page: FoundFlows = await readFlows(db.pool, { ...everything, after, limit: 8 })
    rows.unshift(...page.rows)
    after = page.rows[0] ?? after
    more = page.searchedTo !== null
  }
  expect(rows).toEqual(newest.slice(0, 49))
})

test.each([
  '',
  'to:pay',
  'verdict:denied',
  'status:5xx',
  '!status:5xx',
  'status:>=400 !verdict:denied to:pay',
  '/cart',
  '!/cart',
  'POLICY or /PAY',
  '"100%"',
  'a_b',
  '(to:pay status:503) or (verdict:denied !port:443)',
])('the database finds what the filter %j matches in memory', async (text) => {
  const { filter } = parseFilter(text)
  const known = { edges: await readAllEdges(db.pool), facets: await readAllFacets(db.pool) }
  const matches = compileEdgeFilter(filter)
  const expected = (await read({})).filter((row) => {
    const [edge, facet] = [known.edges.get(row.edgeId), known.facets.get(row.facetId)]
    return edge && facet && matches(edge, [facet], undefined, row)
  })
  if (text) expect(expected.length).toBeLessThan(300)
  expect(await read({ condition: flowCondition(filter, known) })).toEqual(expected)
})

test('a window has its start and not its end', async () => {
  expect(await read({ window: { from: end - 24_000, to: end } })).toHaveLength(2)
})

test('finds one record with all that its source gave', async () => {
  const [row] = await read({ limit: 1 })
  expect(row && (await readDetail(db.pool, row.time, row.key))).toBe('{"uuid":"u"}')
  expect(row && (await readFlow(db.pool, row, null))).toEqual({
    ...row,
    shape: '{"node":"n1"}',
    detail: null,
  })
  expect(await readFlow(db.pool, { time: end, key: 1n }, null)).toBeNull()
})
