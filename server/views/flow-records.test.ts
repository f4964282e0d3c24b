import { beforeAll, describe, expect, it } from 'vitest'
import type { FlowPage } from '@/core/flows/flow-row'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, recordRow, workload } from '@/server/db/test-batches'
import { streamRoute } from '@/server/http'
import { flowDenialsView } from './flow-denials'
import { flowExportStream } from './flow-export'
import { flowFacetsView } from './flow-facets'
import { flowNamesView } from './flow-names'
import { flowsView } from './flows'
import { answerOf, get, viewDatabase } from './testing'
import { admits } from '@/server/testing-asker'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const denied = facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' })
const foreign = { from: workload('web'), to: workload('secret', 'bank'), port: 443, protocol: 'tcp' as const }
const dns = { edge: edgeName('web', 'coredns', 53), facet: facetOf({ l7: 'dns' }) }
const shop = scopeOf([['demo', 'shop']])

beforeAll(async () => {
  const ordinary = Array.from({ length: 60 }, (_, i) =>
    recordRow(now - 500 * i - 0.25, BigInt(i + 1), { status: i % 5 === 0 ? 503 : 200, summary: `GET /cart/${i}` }),
  )
  await db.write({
    buckets: [
      bucketRow(now - 10_000, { requests: 1_000, responses: 990 }),
      bucketRow(now - 20_000, { flows: 30 }, edgeName('cart', 'db', 5432), denied),
      bucketRow(now - 20_000, { flows: 3 }, foreign),
      bucketRow(now - 20_000, { flows: 500 }, edgeName('cart', 'db', 5432), facetOf({ source: 'prometheus:istio' })),
    ],
    records: [
      ...ordinary,
      recordRow(now - 700, 200n, { edge: edgeName('cart', 'db', 5432), facet: denied, summary: '=1+1', status: null }),
      ...[0, 0, 0, 0, 3].map((status, i) =>
        recordRow(now - 30_000 - i, 300n + BigInt(i), {
          ...dns,
          status,
          latencyMs: i === 3 ? 20 : 1,
          summary: 'A api.example',
        }),
      ),
      ...[0, 1, 2].map((i) =>
        recordRow(now - 31_000 - i, 310n + BigInt(i), { ...dns, status: 3, summary: 'A api.example.cluster.local' }),
      ),
      recordRow(now - 32_000, 320n, { ...dns, status: null, latencyMs: null, summary: 'A api.example' }),
      recordRow(now - 800, 201n, { edge: foreign, summary: 'GET /secret' }),
    ],
    stats: { records: 71, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const facets = async (q: string, scope?: Parameters<typeof answerOf>[2]) => {
  const {
    facets: all,
    records,
    ofStatus,
  } = await answerOf(flowFacetsView, `flows/facets?last=15m&q=${encodeURIComponent(q)}`, scope)
  const of = (id: string) => all.find((facet) => facet.id === id)
  const counts = (id: string) => Object.fromEntries(of(id)?.values.map(({ label, count }) => [label, count]) ?? [])
  return { counts, basis: (id: string) => of(id)?.basis, records, ofStatus }
}

describe('facets', () => {
  it('count the whole window by its buckets, and statuses by records', async () => {
    const { counts, basis } = await facets('')
    expect(counts('verdict')).toEqual({ allowed: 1_003, denied: 30 })
    expect(counts('to')).toEqual({ 'shop/cart': 1_000, 'shop/db': 30, 'bank/secret': 3 })
    expect(counts('source')).toEqual({ hubble: 1_033 })
    expect(counts('status')).toEqual({ '2xx': 49, '5xx': 12, NXDOMAIN: 4 })
    expect([basis('verdict'), basis('status')]).toEqual(['window', 'records'])
  })

  it('leave out what the filter says of the same thing', async () => {
    const { counts } = await facets('verdict:denied')
    expect(counts('verdict')).toEqual({ allowed: 1_003, denied: 30 })
    expect(counts('to')).toEqual({ 'shop/db': 30 })
  })

  it('count records where the filter asks what only records have', async () => {
    const text = await facets('/cart/1')
    expect(text.basis('verdict')).toBe('records')
    expect(text.counts('verdict')).toEqual({ allowed: 11 })
    expect(text.records.count).toBe(11)
    expect(text.ofStatus).toBeUndefined()
    const status = await facets('status:5xx')
    expect(status.counts('to')).toEqual({ 'shop/cart': 12 })
    expect(status.counts('status')).toEqual({ '2xx': 49, '5xx': 12, NXDOMAIN: 4 })
    expect(status.records).toEqual({ count: 12, readTo: null })
    expect(status.ofStatus).toEqual({ count: 71, readTo: null })
  })

  it('name nobody outside of the scope', async () => {
    const { counts } = await facets('', shop)
    expect(counts('to')).toEqual({ 'shop/cart': 1_000, 'shop/db': 30, 'outside your scope': 3 })
    expect((await facets('secret', shop)).counts('verdict')).toEqual({})
  })
})

describe('denials', () => {
  const denials = (q: string, scope?: typeof shop) =>
    answerOf(flowDenialsView, `flows/denials?last=15m&q=${encodeURIComponent(q)}`, scope)

  it('are counted by buckets and explained by the newest record', async () => {
    const { denials: found } = await denials('')
    expect(found).toMatchObject([{ from: { name: 'cart' }, to: { name: 'db' }, port: 5432, count: 30, way: 'in' }])
    expect(found[0]?.spark.reduce((sum: number, n) => sum + (n ?? 0), 0)).toBe(30)
    const { rows } = await answerOf(flowsView, 'flows?last=15m&q=verdict:denied')
    expect(found[0]?.record).toBe(rows[0]?.id)
  })

  it.each([
    ['to:db', 1],
    ['to:cart', 0],
    ['verdict:allowed', 0],
    ['1+1', 1],
    ['nowhere', 0],
  ])('of %j are %i', async (q, count) => expect((await denials(q)).denials).toHaveLength(count))

  it('name nobody outside of the scope', async () => {
    expect((await denials('', scopeOf([['demo', 'bank']]))).denials).toEqual([])
    expect((await denials('', shop)).denials).toHaveLength(1)
  })
})

describe('names', () => {
  const names = (q: string, scope?: typeof shop) =>
    answerOf(flowNamesView, `flows/names?last=15m&q=${encodeURIComponent(q)}`, scope)

  it('are those of the answers, with their codes and latency, tries of search domains beside them', async () => {
    const found = await names('')
    expect(found).toMatchObject({ records: 8, folded: 3, more: 0 })
    expect(found.names).toMatchObject([
      {
        name: 'api.example',
        types: ['A'],
        answers: 5,
        folded: 3,
        nxdomainShare: 0.2,
        p95: 20,
        client: { name: 'web' },
      },
    ])
  })

  it('are filtered as records are', async () => {
    expect((await names('status:3')).records).toBe(4)
    expect((await names('from:cart')).names).toEqual([])
    expect((await names('', scopeOf([['demo', 'bank']]))).names).toEqual([])
  })
})

describe('an export', () => {
  const file = async (query: string, scope?: typeof shop) => {
    const handler = streamRoute(flowExportStream, admits(scope))
    const response = await handler(get(`flows/export?last=15m&${query}`))
    return { response, text: await response.text() }
  }
  const lines = (text: string) => text.split('\n').filter(Boolean)

  it.each(['', 'status:5xx', 'to:db or /cart/1'])('of %j is all pages of the table, in their order', async (q) => {
    const { text } = await file(`format=jsonl&q=${encodeURIComponent(q)}`)
    const ids: string[] = []
    for (let before: string | null = ''; before !== null;) {
      const path: string = `flows?last=15m&limit=7&q=${encodeURIComponent(q)}${before && `&before=${before}`}`
      const { rows, before: next }: FlowPage = await answerOf(flowsView, path)
      ids.push(...rows.map((row) => row.id))
      before = next
    }
    expect(lines(text).map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids)
    expect(ids.length).toBeGreaterThan(0)
  })

  it('is a file of CSV that is named by its window and runs no formula', async () => {
    const { response, text } = await file('format=csv&q=to:db')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="oriel-flows-\d{8}T\d{6}Z-.*\.csv"$/,
    )
    expect(text).toContain(`,'=1+1,`)
    expect(lines(text)).toHaveLength(2)
  })

  it('that is cut says so in its last line, and goes on from there', async () => {
    const { text, response } = await file('format=csv&limit=10')
    const all = lines(text)
    expect(response.headers.get('x-oriel-limit')).toBe('10')
    expect(all).toHaveLength(12)
    const [, next = ''] = /before=(\S+)"?\r?$/.exec(all.at(-1) ?? '') ?? []
    const rest = await file(`format=jsonl&before=${next.replaceAll('"', '')}`)
    expect(lines(rest.text)).toHaveLength(61)
  })

  it('tells a viewer nothing that the table does not', async () => {
    const { text } = await file('format=jsonl', shop)
    expect(lines(text)).toHaveLength(71)
    expect(text).not.toContain('secret')
  })

  it('ends when its reader leaves', async () => {
    const response = await streamRoute(flowExportStream, admits())(get('flows/export?last=15m&limit=5'))
    await response.body?.cancel()
    expect((await file('format=csv&limit=1')).response.status).toBe(200)
  })

  it.each(['format=xml', 'limit=0', 'before=x y', 'last=soon'])('does not take %s', async (query) => {
    expect((await file(query)).response.status).toBe(400)
  })
})
