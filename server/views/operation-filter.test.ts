import { beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf, recordRow, workload } from '@/server/db/test-batches'
import type { OperationBucketRow } from '@/server/db/telemetry'
import { flowsView } from './flows'
import { mapView } from './map'
import { servicesView } from './services'
import { answerOf, viewDatabase } from './testing'
import { valuesView } from './values'

const db = viewDatabase()
const start = floorTo(Date.now() - 120_000, 10_000)
const window = `from=${start}&to=${start + 60_000}`
const foreign = { from: workload('web'), to: workload('secret', 'bank'), port: 443, protocol: 'tcp' as const }
const shop = scopeOf([['demo', 'shop']])

const asked = (edge: OperationBucketRow['edge'], name: string): OperationBucketRow => ({
  edge,
  facet: facetOf(),
  bucket: start,
  operation: { name, code: '', flags: '' },
  requests: 5,
  responses: 5,
  clientErrors: 0,
  serverErrors: 0,
  latency: null,
})
const counted = { requests: 5, responses: 5, clientErrors: 0, serverErrors: 0 }

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(start, counted),
      bucketRow(start, counted, edgeName('web', 'users')),
      bucketRow(start, counted, foreign),
    ],
    operations: [
      asked(edgeName('web', 'cart'), 'GET /cart/{id}'),
      asked(edgeName('web', 'users'), 'GET /users/{id}'),
      asked(foreign, 'GET /cart/secret'),
    ],
    records: [
      recordRow(start, 1n, { summary: 'GET /cart/17?all=1' }),
      recordRow(start + 1, 2n, { summary: 'GET /users/17' }),
      recordRow(start + 2, 3n, { edge: foreign, summary: 'GET /cart/secret' }),
    ],
    stats: { records: 3, malformed: 0, lastEventAt: start + 59_000, rate: null, facts: null },
  })
})

const q = (text: string) => `&q=${encodeURIComponent(text)}`

describe('op: finds what is asked', () => {
  it('on the map and in the list of services', async () => {
    const { edges } = await answerOf(mapView, `map?${window}${q('op:/cart/{id}')}`)
    expect(edges.map(({ to }) => to)).toEqual(['demo/shop/Deployment/cart'])
    const rows = await answerOf(servicesView, `services?${window}${q('op:/users/*')}`)
    expect(rows.map(({ name }) => name)).toEqual(['users'])
  })

  it('among records, where the path is the one that was asked', async () => {
    const { rows: flows } = await answerOf(flowsView, `flows?${window}${q('op:/cart/{id} ns:shop !ns:bank')}`)
    expect(flows.map(({ summary }) => summary)).toEqual(['GET /cart/17?all=1'])
  })

  it('with values to choose from', async () => {
    const [values] = await answerOf(valuesView, `values?${window}&field=op&text=users`)
    expect(values).toEqual({ field: 'op', values: [{ value: 'GET /users/{id}', edges: 1 }] })
  })

  it('but not what the viewer may not read', async () => {
    const { edges } = await answerOf(mapView, `map?${window}${q('op:*secret*')}`, shop)
    expect(edges).toEqual([])
    const { rows: flows } = await answerOf(flowsView, `flows?${window}${q('op:*secret*')}`, shop)
    expect(flows).toEqual([])
    const [values] = await answerOf(valuesView, `values?${window}&field=op&text=secret`, shop)
    expect(values?.values).toEqual([])
  })
})
