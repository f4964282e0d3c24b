import { beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, recordRow, workload } from '@/server/db/test-batches'
import { route } from '@/server/http'
import { clustersView } from './clusters'
import { flowView } from './flow'
import { flowsView } from './flows'
import { mapView } from './map'
import { searchView } from './search'
import { seriesView } from './series'
import { serviceChartsView } from './service-charts'
import { servicesView } from './services'
import { sourcesView } from './sources'
import { answerOf, get, viewDatabase } from './testing'
import { timelineView } from './timeline'
import { admits } from '@/server/testing-asker'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const denied = facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' })
const foreign = {
  from: workload('web'),
  to: workload('ledger-secret', 'bank-secret'),
  port: 443,
  protocol: 'tcp' as const,
}
const inside = {
  from: workload('vault-secret', 'bank-secret'),
  to: workload('ledger-secret', 'bank-secret'),
  port: 443,
  protocol: 'tcp' as const,
}

beforeAll(async () => {
  const ordinary = Array.from({ length: 25 }, (_, i) =>
    recordRow(now - 1_000 * i - 0.25, BigInt(i + 1), { status: i % 5 === 0 ? 503 : 200, summary: `GET /cart/${i}` }),
  )
  await db.write({
    buckets: [
      bucketRow(now - 10_000, { flows: 25 }),
      bucketRow(now - 10_000, { flows: 3 }, foreign),
      bucketRow(now - 10_000, { flows: 4 }, inside),
    ],
    records: [
      ...ordinary,
      recordRow(now - 500, 2n ** 64n - 1n, {
        edge: edgeName('cart', 'db', 5432),
        facet: denied,
        status: null,
        summary: 'SYN',
      }),
      recordRow(now - 600, 200n, {
        edge: foreign,
        facet: denied,
        summary: 'GET /secret',
        detail: '{"pod":"ledger-secret-1"}',
      }),
      recordRow(now - 700, 300n, { edge: inside, summary: 'GET /secret' }),
    ],
    stats: { records: 28, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const flows = (query: string, scope?: Parameters<typeof answerOf>[2]) =>
  answerOf(flowsView, `flows?last=15m&${query}`, scope)

describe('the flow table', () => {
  it.each([
    ['', 28],
    ['verdict=denied', 2],
    ['q=status:5xx', 5],
    ['q=status:>=400 name:cart', 5],
    ['q=port:5432', 1],
    ['q=!verdict:denied', 26],
    ['q=proto:http', 26],
    ['q=cart/7', 1],
    ['q=ns:bank-*', 2],
    ['q=error:>5%25', 28],
    ['q=ns:nowhere', 0],
    ['cluster=nowhere', 0],
    [`sel=${encodeURIComponent('demo/shop/Deployment/cart')}`, 26],
    [`sel=${encodeURIComponent('demo/shop/Deployment/cart|demo/shop/Deployment/db|5432|tcp')}`, 1],
    [`sel=${encodeURIComponent('demo/shop/Namespace/shop')}`, 27],
  ])('finds by %j', async (query, count) => {
    expect((await flows(`limit=500&${query}`)).rows).toHaveLength(count)
  })

  it('pages through everything once, newest first, with and without a filter that each record is asked', async () => {
    for (const q of ['', 'q=GET']) {
      const ids: string[] = []
      let before: string | null = ''
      while (before !== null) {
        const page: Awaited<ReturnType<typeof flows>> = await flows(`limit=7&${q}&${before && `before=${before}`}`)
        ids.push(...page.rows.map((row) => row.id))
        before = page.before
      }
      expect(ids).toHaveLength(q ? 27 : 28)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('follows the tail', async () => {
    const { after, rows } = await flows('limit=1')
    expect((await flows(`after=${after}`)).rows).toEqual([])
    const older = (await flows('limit=3')).rows.at(-1)
    expect((await flows(`after=${older?.id}`)).rows.map((row) => row.id)).toContain(rows[0]?.id)
  })

  it('tells everything of one record, by an id with microseconds and 64 bits', async () => {
    const [row] = (await flows('q=port:5432')).rows
    const flow = await route(flowView, admits())(get(`flows/${row?.id}`), { params: Promise.resolve({ id: row?.id }) })
    expect(await flow.json()).toEqual({ ...row, fields: { node: 'n1', uuid: 'u' } })
    expect(row).toMatchObject({
      time: now - 500,
      verdict: 'denied',
      reason: 'POLICY_DENIED',
      status: null,
      latencyMs: 1.5,
    })
  })

  it.each(['1-1', 'zz-zz.9'])('says that %s is gone', async (id) => {
    const answer = await route(flowView, admits())(get(`flows/${id}`), { params: Promise.resolve({ id }) })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })
})

describe('a scope', () => {
  const shop = scopeOf([['demo', 'shop']])

  it('lets no byte of another team out, on any route', async () => {
    const answers = [
      await answerOf(mapView, 'map?last=15m', shop),
      await answerOf(mapView, 'map?last=15m&level=namespace', shop),
      await answerOf(servicesView, 'services?last=15m', shop),
      await answerOf(seriesView, 'series?last=15m', shop),
      await answerOf(timelineView, 'timeline?last=15m', shop),
      await answerOf(clustersView, 'clusters?last=15m', shop),
      await answerOf(searchView, 'search?last=15m&text=secret', shop),
      await answerOf(sourcesView, 'sources', shop),
      await flows('limit=500', shop),
    ]
    for (const answer of answers) expect(JSON.stringify(answer)).not.toContain('secret')
    const { rows } = await flows('limit=500', shop)
    expect(rows).toHaveLength(27)
    const crossing = rows.find((row) => row.port === 443)
    const detail = await route(flowView, admits(shop))(get('flows/x'), {
      params: Promise.resolve({ id: crossing?.id }),
    })
    expect(detail.status).toBe(200)
    expect(await detail.text()).not.toContain('secret')
  })

  it('cannot be probed by a filter, a selection or an id', async () => {
    const ids = encodeURIComponent('demo/bank-secret/Deployment/ledger-secret')
    expect(await answerOf(serviceChartsView, `services/charts?last=15m&ids=${ids}`)).toHaveLength(1)
    expect(await answerOf(serviceChartsView, `services/charts?last=15m&ids=${ids}`, shop)).toEqual([])
    expect((await flows('q=ns:bank-secret', shop)).rows).toHaveLength(0)
    expect(
      (await flows(`sel=${encodeURIComponent('demo/bank-secret/Deployment/ledger-secret')}`, shop)).rows,
    ).toHaveLength(0)
    const { rows } = await flows('q=from:vault-secret')
    const answer = await route(flowView, admits(shop))(get('flows/x'), {
      params: Promise.resolve({ id: rows[0]?.id }),
    })
    expect(answer.status).toBe(404)
  })

  it('keeps direction and totals of a crossing edge', async () => {
    const { edges } = await answerOf(mapView, 'map?last=15m', shop)
    expect(edges.find((edge) => edge.port === 443)?.figures.verdicts).toEqual({ allowed: 3 })
    expect((await answerOf(mapView, 'map?last=15m')).edges).toHaveLength(3)
  })
})

describe('pickers', () => {
  it('count clusters, namespaces and workloads', async () => {
    expect(await answerOf(clustersView, 'clusters?last=15m')).toEqual([
      {
        name: 'demo',
        workloads: 4,
        services: 0,
        namespaces: [
          { name: 'bank-secret', workloads: 2 },
          { name: 'shop', workloads: 2 },
        ],
      },
    ])
    const namespaces = [{ name: 'shop', workloads: 2 }]
    expect(await answerOf(clustersView, 'clusters?last=15m', scopeOf([['demo', 'shop']]))).toEqual([
      { name: 'demo', workloads: 2, services: 0, namespaces },
    ])
  })

  it('find names, the best first', async () => {
    const found = await answerOf(searchView, 'search?last=15m&text=SHOP/')
    expect(found.map(({ name }) => name)).toEqual(['cart', 'web'])
  })

  it('list the source', async () => {
    const { sources } = await answerOf(sourcesView, 'sources')
    expect(sources).toMatchObject([{ id: 'hubble', records: 28, state: 'starting' }])
  })
})
