import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, sketchOf } from '@/server/db/test-batches'
import type { OperationBucketRow } from '@/server/db/telemetry'
import { operationsView } from './operations'
import { answerOf, viewDatabase } from './testing'

const db = viewDatabase()
const start = floorTo(Date.now() - 120_000, 10_000)
const window = `from=${start}&to=${start + 60_000}`
const cart = 'demo/shop/Deployment/cart'

const calls = edgeName('web', 'cart')
const lookups = { ...edgeName('cart', 'dns', 53), protocol: 'udp' as const }
const http = facetOf({ source: 'hubble', l7: 'http' })
const dns = facetOf({ source: 'hubble', l7: 'dns', reporter: 'source' })

const row = (parts: Partial<OperationBucketRow> & Pick<OperationBucketRow, 'operation'>): OperationBucketRow => ({
  edge: calls,
  facet: http,
  bucket: start,
  requests: 0,
  responses: 0,
  clientErrors: 0,
  serverErrors: 0,
  latency: null,
  ...parts,
})
const named = (name: string, code = '') => ({ name, code, flags: '' })

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(start, { requests: 12, responses: 12, serverErrors: 3, clientErrors: 0 }, calls, http),
      bucketRow(start, { requests: 4, responses: 4, serverErrors: 0, clientErrors: 4 }, lookups, dns),
    ],
    operations: [
      row({ operation: named('GET /items'), requests: 10 }),
      row({ operation: named('GET /items', '200'), responses: 7, latency: sketchOf(5, 6, 7) }),
      row({ operation: named('GET /items', '503'), responses: 3, serverErrors: 3 }),
      row({ edge: lookups, facet: dns, operation: named('A gone.example'), requests: 4 }),
      row({ edge: lookups, facet: dns, operation: named('A gone.example', 'NXDOMAIN'), responses: 4, clientErrors: 4 }),
    ],
    stats: { records: 1, malformed: 0, lastEventAt: start + 9_000, rate: null, facts: null },
  })
})

describe('operations', () => {
  it('of a node are what is asked of it, and add up to its requests', async () => {
    const answer = await answerOf(operationsView, `operations?sel=${cart}&${window}`)
    expect(answer.operations).toMatchObject([
      { name: 'GET /items', requests: 10, responses: 10, errorRatio: 0.3, health: 'degraded' },
      { name: '', requests: 2 },
    ])
    expect(answer.codes).toMatchObject([{ code: '200', responses: 7 }, { code: '503', blame: 'callee' }, { code: '' }])
    expect(answer.told.operations).toEqual(['hubble/destination'])
  })

  it('that it asks of others, of one protocol', async () => {
    const answer = await answerOf(operationsView, `operations?sel=${cart}&dir=out&l7=dns&${window}`)
    expect(answer.dns).toMatchObject([{ name: 'gone.example', types: ['A'], requests: 4, search: false }])
    expect(answer.dns[0]?.codes).toMatchObject([{ code: 'NXDOMAIN', share: 1, blame: 'caller' }])
  })

  it('of an edge, whichever direction is asked for', async () => {
    const edge = encodeURIComponent('demo/shop/Deployment/web|demo/shop/Deployment/cart|80|tcp')
    for (const dir of ['in', 'out']) {
      const answer = await answerOf(operationsView, `operations?sel=${edge}&dir=${dir}&${window}`)
      expect(answer.operations.map(({ name }) => name)).toEqual(['GET /items', ''])
    }
  })

  it('are none outside the scope of the viewer', async () => {
    const scope = { all: false as const, pairs: new Set(['demo/other']) }
    const answer = await answerOf(operationsView, `operations?sel=${cart}&${window}`, scope)
    expect(answer).toMatchObject({ operations: [], codes: [], dns: [] })
  })
})
