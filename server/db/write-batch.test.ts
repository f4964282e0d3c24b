import { expect, test } from 'vitest'
import { mergeSketch, countOf } from '@/core/figures/sketch'
import { floorTo } from '@/core/time'
import { createDictionaries } from './names/dictionaries'
import { acquireLease } from './sources/lease'
import { readCheckpoint } from './sources/read-checkpoint'
import { readSeenKeys } from './sources/read-seen-keys'
import { batchOf, bucketRow, edgeName, facetOf, leasedSource, recordRow, sketchOf } from './test-batches'
import { readFacets } from './names/read-facets'
import { testDatabase } from './testing'
import { writeBatch } from './write-batch'

const db = testDatabase()
const bucket = floorTo(Date.now() - 60_000, 10_000)

const sums = async (source: string) => {
  const { rows } = await db.pool.query(
    `select b.flows, b.connections, b.requests, b.latency from edge_bucket_10s b join facet f on f.id = b.facet_id where f.source = $1`,
    [source],
  )
  return rows
}

test('adds counters of the same bucket; unknown stays unknown', async () => {
  const token = await leasedSource(db.pool, 'adds')
  const dictionaries = createDictionaries(db.pool)
  const facet = facetOf({ source: 'adds' })
  const row = (counters: Parameters<typeof bucketRow>[1]) => bucketRow(bucket, counters, edgeName('web', 'cart'), facet)
  await writeBatch(
    db.pool,
    dictionaries,
    batchOf('adds', token, { buckets: [row({ flows: 2, requests: 1, latency: sketchOf(5) })] }),
  )
  await writeBatch(
    db.pool,
    dictionaries,
    batchOf('adds', token, { buckets: [row({ flows: 3, latency: sketchOf(7, 9) })] }),
  )
  const [stored] = await sums('adds')
  expect(stored).toMatchObject({ flows: 5, connections: null, requests: 1 })
  const counts = new Map<number, number>()
  expect(mergeSketch(counts, stored.latency)).toBe(true)
  expect(countOf(counts)).toBe(3)
})

test('keeps the way between the nodes apart', async () => {
  const token = await leasedSource(db.pool, 'hops')
  const facets = (['wireguard', 'open'] as const).map((hop) => facetOf({ source: 'hops', hop }))
  const buckets = facets.map((facet) => bucketRow(bucket, { flows: 1 }, edgeName('a', 'b'), facet))
  await writeBatch(db.pool, createDictionaries(db.pool), batchOf('hops', token, { buckets }))
  const { rows } = await db.pool.query<{ facet_id: number }>(
    `select facet_id from edge_bucket_10s b join facet f on f.id = b.facet_id where f.source = 'hops'`,
  )
  const read = await readFacets(
    db.pool,
    rows.map(({ facet_id }) => facet_id),
  )
  expect([...read.values()].map(({ hop }) => hop).sort()).toEqual(['open', 'wireguard'])
})

test('adds up rows of one key within a batch', async () => {
  const token = await leasedSource(db.pool, 'twice')
  const rows = [1, 2, 3].map((flows) => bucketRow(bucket, { flows }, edgeName('a', 'b'), facetOf({ source: 'twice' })))
  await writeBatch(db.pool, createDictionaries(db.pool), batchOf('twice', token, { buckets: rows }))
  expect(await sums('twice')).toMatchObject([{ flows: 6 }])
})

test('absorbs a batch that is written again', async () => {
  const token = await leasedSource(db.pool, 'again')
  const dictionaries = createDictionaries(db.pool)
  const batch = batchOf('again', token, {
    buckets: [bucketRow(bucket, { flows: 1 }, edgeName('a', 'b'), facetOf({ source: 'again' }))],
    records: [recordRow(bucket + 1, 1n)],
    seen: [1n, 2n ** 64n - 1n],
    checkpoint: { time: bucket },
    stats: { records: 4, malformed: 1, lastEventAt: bucket, rate: 2, facts: { version: '1.16' } },
  })
  expect(await writeBatch(db.pool, dictionaries, batch)).toMatchObject({ repeated: false })
  expect(await writeBatch(db.pool, dictionaries, batch)).toMatchObject({ repeated: true })
  expect(await sums('again')).toMatchObject([{ flows: 1 }])
  expect(await readSeenKeys(db.pool, 'again', 60_000)).toEqual([1n, 2n ** 64n - 1n])
  expect(await readCheckpoint(db.pool, 'again')).toEqual({ time: bucket })
  const { rows } = await db.pool.query(`select records, malformed, facts, last_event_at from source where id = 'again'`)
  expect(rows).toEqual([{ records: 4, malformed: 1, facts: { version: '1.16' }, last_event_at: bucket }])
})

test('refuses a collector whose lease was taken over, and writes nothing', async () => {
  const token = await leasedSource(db.pool, 'fenced')
  await db.pool.query(`update source set lease_until = now() - interval '1 second' where id = 'fenced'`)
  expect(await acquireLease(db.pool, 'fenced', 'other', 1_000)).toBe(token + 1n)
  const batch = batchOf('fenced', token, {
    buckets: [bucketRow(bucket, { flows: 1 }, edgeName('a', 'b'), facetOf({ source: 'fenced' }))],
  })
  await expect(writeBatch(db.pool, createDictionaries(db.pool), batch)).rejects.toMatchObject({ code: 'conflict' })
  expect(await sums('fenced')).toEqual([])
})

test('keeps denied records apart and shares shapes', async () => {
  const token = await leasedSource(db.pool, 'records')
  const denied = facetOf({ source: 'records', verdict: 'denied', reason: 'POLICY_DENIED' })
  await writeBatch(
    db.pool,
    createDictionaries(db.pool),
    batchOf('records', token, {
      records: [
        recordRow(bucket + 0.125, -5n, { shape: '{"s":1}', summary: 'nul\0 byte' }),
        recordRow(bucket, 7n, { facet: denied, shape: '{"s":1}', status: null, latencyMs: null }),
      ],
    }),
  )
  const flows = await db.pool.query(`select time, key::text, summary, shape_id from flow_record where key = -5`)
  const refused = await db.pool.query('select key::text, shape_id, status, latency_us from denied_record where key = 7')
  expect(flows.rows).toMatchObject([{ time: bucket + 0.125, key: '-5', summary: 'nul byte' }])
  expect(refused.rows).toEqual([{ key: '7', shape_id: flows.rows[0]?.shape_id, status: null, latency_us: null }])
})

test('refuses and counts what is older than the retention or from the future', async () => {
  const token = await leasedSource(db.pool, 'old')
  const old = Date.UTC(2021, 9, 4)
  const facet = facetOf({ source: 'old' })
  const written = await writeBatch(
    db.pool,
    createDictionaries(db.pool),
    batchOf('old', token, {
      buckets: [
        bucketRow(floorTo(old, 10_000), { flows: 1 }, edgeName('a', 'b'), facet),
        bucketRow(floorTo(Date.now() + 1e9, 10_000), { flows: 1 }, edgeName('a', 'b'), facet),
      ],
      records: [recordRow(old, 1n)],
    }),
  )
  expect(written).toEqual({ repeated: false, refusedBuckets: 2, refusedRecords: 1 })
  expect(await sums('old')).toEqual([])
})

test('two writers of the same new names and buckets neither fail nor lose', async () => {
  const sources = ['w1', 'w2', 'w3']
  const tokens = await Promise.all(sources.map((id) => leasedSource(db.pool, id)))
  const edges = Array.from({ length: 200 }, (_, i) => edgeName(`c${i}`, `d${i % 20}`))
  await Promise.all(
    sources.map(async (source, n) => {
      const dictionaries = createDictionaries(db.pool)
      const order = n % 2 ? edges.toReversed() : edges
      for (let round = 0; round < 5; round++) {
        const buckets = order.flatMap((edge) =>
          [0, 1, 2].map((i) => bucketRow(bucket - i * 10_000, { flows: 1 }, { ...edge }, facetOf({ source }))),
        )
        await writeBatch(db.pool, dictionaries, batchOf(source, tokens[n] ?? 0n, { buckets }))
      }
    }),
  )
  const { rows } = await db.pool.query(
    `select f.source, sum(b.flows)::bigint as flows from edge_bucket_10s b join facet f on f.id = b.facet_id where f.source = any($1) group by 1 order by 1`,
    [sources],
  )
  expect(rows).toEqual(sources.map((source) => ({ source, flows: 200 * 3 * 5 })))
  const due = await db.pool.query(
    `select version from rollup_due where tier = '10s' and bucket = to_timestamp($1::float8 / 1000)`,
    [bucket - 20_000],
  )
  expect(due.rows).toMatchObject([{ version: 15 }])
})
