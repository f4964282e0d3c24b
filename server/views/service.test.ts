import { beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '@/core/endpoint'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, recordRow, sketchOf, workload } from '@/server/db/test-batches'
import { heatView } from './heat'
import { mapView } from './map'
import { podsView } from './pods'
import { serviceView } from './service'
import { answerOf as ask, viewDatabase } from './testing'
import { tracesView } from './traces'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const cart = 'demo/shop/Deployment/cart'
const bank: Endpoint = { cluster: 'demo', namespace: '', kind: 'External', name: 'api.bank.example' }
const istio = facetOf({ source: 'prometheus:istio' })
const answered = (requests: number, serverErrors: number, ...ms: readonly number[]) => ({
  requests,
  responses: requests,
  clientErrors: 0,
  serverErrors,
  latency: sketchOf(...ms),
})

beforeAll(async () => {
  const vague = { ...edgeName('web', 'cart', 0), to: { ...workload('cart'), kind: 'Workload' } }
  const nameless = { ...edgeName('web', 'db', 5432), from: { ...bank, kind: 'Unknown', name: 'unknown' } }
  await db.write({
    buckets: [
      bucketRow(now - 60_000, answered(30, 3, 10, 20, 900), vague, istio),
      bucketRow(now - 30_000, answered(30, 0, 10, 20, 30), vague, istio),
      bucketRow(now - 30_000, { flows: 40 }),
      bucketRow(now - 30_000, { flows: 9 }, edgeName('cart', 'db', 5432), facetOf({ l7: 'none' })),
      bucketRow(
        now - 30_000,
        { flows: 3 },
        edgeName('cart', 'db', 5432),
        facetOf({ l7: 'none', verdict: 'denied', reason: 'POLICY_DENIED' }),
      ),
      bucketRow(now - 30_000, answered(7, 0, 5), nameless, istio),
      bucketRow(now - 30_000, answered(4, 2, 80), { ...edgeName('cart', ''), to: bank, port: 443 }, istio),
      bucketRow(now - 30_000, { flows: 5 }, edgeName('web', 'search')),
      bucketRow(now - 400_000, answered(60, 6, 10)),
    ],
    stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const service = (sel: string, query = 'last=5m', scope?: Parameters<typeof ask>[2]) =>
  ask(serviceView, `service?${query}&sel=${encodeURIComponent(sel)}`, scope)

describe('a service', () => {
  it('has the figures and edges that the map shows', async () => {
    const graph = await ask(mapView, 'map?last=5m')
    const node = graph.nodes.find(({ id }) => id === cart)
    const found = await service(cart)
    expect(found.presence).toBe('traffic')
    expect(found.incoming).toEqual(node?.incoming)
    expect(found.outgoing).toEqual(node?.outgoing)
    expect([found.health, found.why]).toEqual([node?.health, node?.why])
    const edges = graph.edges.filter(({ from, to }) => from === cart || to === cart)
    const rows = [...found.callers, ...found.callees]
    expect(rows.map(({ id }) => id).sort()).toEqual(edges.map(({ id }) => id).sort())
    for (const { id, figures, health, told } of rows)
      expect(edges.find((edge) => edge.id === id)).toMatchObject({ figures, health, told })
  })

  it('takes the calls of an unknown caller for those of the only one that it can be, as the map does', async () => {
    const { callees } = await service(cart)
    expect(callees.find(({ other }) => other.name === 'db')?.figures.requests).toBe(7)
  })

  it('groups what did not get through by cause', async () => {
    const { refusals } = await service(cart)
    expect(refusals).toMatchObject([
      {
        direction: 'outgoing',
        verdict: 'denied',
        reason: 'POLICY_DENIED',
        events: 3,
        port: 5432,
        other: { name: 'db' },
      },
    ])
  })

  it('is also an outside party, seen from those that call it', async () => {
    const found = await service('demo//External/api.bank.example')
    expect(found).toMatchObject({ type: 'external', presence: 'traffic', seriesOf: 'incoming', total: { callers: 1 } })
    expect(found.incoming?.serverErrors).toBe(2)
  })

  it('is absent where nothing knows it', async () => {
    expect(await service('demo/shop/Deployment/nobody')).toMatchObject({
      presence: 'absent',
      incoming: null,
      time: null,
      callers: [],
    })
  })

  it('shows nothing of what is outside the scope', async () => {
    const elsewhere = scopeOf([['demo', 'kitchen']])
    expect(await service(cart, 'last=5m', elsewhere)).toMatchObject({ presence: 'absent', callers: [], callees: [] })
  })

  it('refuses what is no endpoint', async () => {
    await expect(service('cart')).rejects.toThrow(/give the id of a node/)
  })
})

describe('its heat map', () => {
  it('has as many responses as latencies were measured, in the columns of their time', async () => {
    const heat = await ask(heatView, `heat?last=5m&sel=${encodeURIComponent(cart)}`)
    expect(heat.responses).toBe(6)
    const filled = heat.t.filter((_, at) => heat.counts[at]?.some((n) => n > 0))
    expect(filled).toEqual([now - 60_000, now - 30_000])
    const slowest = heat.rows.findLastIndex((_, row) => heat.counts.some((column) => (column?.[row] ?? 0) > 0))
    expect(heat.rows[slowest]?.low).toBeLessThanOrEqual(900)
    expect(heat.rows[slowest]?.high).toBeGreaterThanOrEqual(900)
  })
})

describe('its pods and traces', () => {
  const traceId = '56e1456fd9714ef3229e98e6169129f2'

  beforeAll(async () => {
    const object = (kind: 'Pod' | 'NetworkPolicy', name: string, more: object) => ({
      uid: `${kind}-${name}`,
      kind,
      namespace: 'shop',
      name,
      createdAt: now - 600_000,
      labels: { app: 'cart' },
      annotations: {},
      owner: null,
      ...more,
    })
    const pod = object('Pod', 'cart-1', {
      ips: ['10.0.0.1'],
      node: 'n1',
      hostNetwork: false,
      serviceAccount: '',
      phase: 'Running',
      ipSince: now - 500_000,
      finishedAt: null,
      ports: [],
      images: ['shop/cart:1.8.0'],
      workload: { kind: 'Deployment', name: 'cart' },
    })
    const policy = object('NetworkPolicy', 'deny', { spec: { podSelector: { matchLabels: { app: 'cart' } } } })
    for (const each of [pod, policy])
      await db.pool.query(
        `insert into inventory_object (cluster, kind, uid, namespace, name, valid_from, object)
         values ('demo', $1, $2, 'shop', $3, now() - interval '10 min', $4)`,
        [each.kind, each.uid, each.name, JSON.stringify(each)],
      )
    const spans = facetOf({ source: 'otlp' })
    await db.write({
      records: [
        recordRow(now - 20_000, 1n, {
          facet: spans,
          status: 503,
          latencyMs: 40,
          shape: '{"pod":"cart-1"}',
          detail: `{"trace_id":"${traceId}"}`,
        }),
        recordRow(now - 20_000, 2n, { facet: spans, latencyMs: 900, detail: '{"no":"trace"}' }),
      ],
    })
  })

  it('are those of the inventory, with what records tell of them and the policies that select them', async () => {
    const found = await ask(podsView, `pods?last=5m&sel=${encodeURIComponent(cart)}`)
    expect(found).toMatchObject({
      known: true,
      total: 1,
      versions: ['1.8.0'],
      pods: [{ name: 'cart-1', node: 'n1', endedAt: null, traffic: { records: 1, serverErrors: 1, p95: 40 } }],
      policies: [{ name: 'deny', ingress: true, egress: false }],
      sample: { source: 'otlp', records: 1 },
    })
    const elsewhere = scopeOf([['demo', 'kitchen']])
    expect(await ask(podsView, `pods?last=5m&sel=${encodeURIComponent(cart)}`, elsewhere)).toMatchObject({
      known: false,
      pods: [],
      policies: [],
    })
  })

  it('are the failed and slow requests that were traced', async () => {
    const found = await ask(tracesView, `traces?last=5m&sel=${encodeURIComponent(cart)}`)
    expect(found).toMatchObject([{ traceId, failed: true, latencyMs: 40, from: { name: 'web' }, links: [] }])
  })
})
