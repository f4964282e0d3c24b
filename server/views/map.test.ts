import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, sketchOf } from '@/server/db/test-batches'
import { mapView } from './map'
import { serviceChartsView } from './service-charts'
import { servicesView } from './services'
import { seriesView } from './series'
import { answerOf as ask, viewDatabase } from './testing'
import { timelineView } from './timeline'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const cart = 'demo/shop/Deployment/cart'

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(now - 60_000, {
        requests: 30,
        responses: 30,
        clientErrors: 0,
        serverErrors: 3,
        latency: sketchOf(10, 20, 30),
      }),
      bucketRow(now - 30_000, {
        requests: 30,
        responses: 30,
        clientErrors: 0,
        serverErrors: 0,
        latency: sketchOf(10, 20, 30),
      }),
      bucketRow(now - 60_000, { flows: 7 }, edgeName('cart', 'db', 5432), facetOf({ l7: 'none', reporter: 'source' })),
      bucketRow(
        now - 30_000,
        { flows: 2 },
        edgeName('cart', 'db', 5432),
        facetOf({ l7: 'none', reporter: 'source', verdict: 'denied', reason: 'POLICY_DENIED' }),
      ),
    ],
    stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

describe('the map', () => {
  it('agrees with what was written', async () => {
    const graph = await ask(mapView, 'map?last=5m')
    expect(
      graph.edges.map(({ from, to, port, figures }) => [
        from,
        to,
        port,
        figures.requests,
        figures.serverErrors,
        figures.verdicts,
      ]),
    ).toEqual([
      [cart, 'demo/shop/Deployment/db', 5432, null, null, { allowed: 7, denied: 2 }],
      ['demo/shop/Deployment/web', cart, 80, 60, 3, expect.anything()],
    ])
    expect(graph.window.to).toBe(now)
    expect(graph.sources).toMatchObject([{ id: 'hubble', state: 'starting' }])
  })

  it('keeps to its parameters', async () => {
    expect((await ask(mapView, 'map?last=5m&q=port:5432')).edges).toHaveLength(1)
    expect((await ask(mapView, 'map?last=5m&cluster=nowhere')).edges).toHaveLength(0)
    expect((await ask(mapView, 'map?last=5m&level=namespace')).nodes).toMatchObject([
      { kind: 'Namespace', name: 'shop' },
    ])
    expect(
      (await ask(mapView, `map?from=${now - 40_000}&to=${now}`)).edges.map((edge) => edge.figures.requests),
    ).toContain(30)
  })
})

describe('services, series and timeline', () => {
  it('agree with the map', async () => {
    const rows = await ask(servicesView, 'services?last=5m')
    const row = rows.find(({ id }) => id === cart)
    expect(row).toMatchObject({ figures: { requests: 60, serverErrors: 3 }, previous: null, callers: 1, callees: 1 })
    expect(row?.requestSpark.some((rate) => rate !== null && rate > 0)).toBe(true)
    const series = await ask(seriesView, `series?last=5m&sel=${encodeURIComponent(cart)}`)
    const at = series.t.indexOf(now - 60_000)
    expect(series.stepMs).toBe(10_000)
    expect([series.requestRate[at], series.errorRatio[at]]).toEqual([3, 0.1])
    const timeline = await ask(timelineView, 'timeline?last=5m')
    expect(timeline.deniedRate[timeline.t.indexOf(now - 30_000)]).toBeCloseTo(0.2)
    expect(timeline.requestRate[timeline.t.indexOf(now - 50_000)]).toBe(0)
  })

  it('draw the small charts of the rows that are asked for as the list has them', async () => {
    const [row] = (await ask(servicesView, 'services?last=5m')).filter(({ id }) => id === cart)
    const ids = encodeURIComponent(`${cart},demo/shop/Deployment/web,demo/shop/Deployment/nobody`)
    const charts = await ask(serviceChartsView, `services/charts?last=5m&ids=${ids}`)
    expect(charts.map(({ id }) => id)).toEqual([cart])
    expect(row).toMatchObject(charts[0] ?? {})
    const bare = await ask(servicesView, 'services?last=5m&charts=0')
    expect(bare.map(({ requestSpark, errorSpark, p95Spark }) => [requestSpark, errorSpark, p95Spark].flat())).toEqual(
      bare.map(() => []),
    )
    expect(bare.find(({ id }) => id === cart)).toMatchObject({ figures: { requests: 60 }, callers: 1 })
  })

  it('are unknown before the first data', async () => {
    const { t, requestRate } = await ask(timelineView, 'timeline?last=15m')
    expect(requestRate[0]).toBeNull()
    expect(t[0]).toBeLessThan(now - 60_000)
  })
})
