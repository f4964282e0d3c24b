import { beforeEach, expect, test } from 'vitest'
import { countOf, mergeSketch } from '@/core/figures/sketch'
import { floorTo, type Tier, tiers } from '@/core/time'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { markDue } from '@/server/db/buckets/mark-due'
import { bucketTable, bucketTables } from '@/server/db/partitions'
import { inTransaction } from '@/server/db/pool'
import { readDue } from '@/server/db/buckets/read-due'
import { readEdgeRows } from '@/server/db/buckets/read-edge-rows'
import { batchOf, bucketRow, edgeName, facetOf, leasedSource, sketchOf } from '@/server/db/test-batches'
import { testDatabase } from '@/server/db/testing'
import { writeBatch } from '@/server/db/write-batch'
import { rollUp } from './roll-up'

const db = testDatabase()
const hour = 3_600_000
/** An hour that is over at `now`, within the retention of the finest tier. */
const now = floorTo(Date.now(), hour) + 60_000
const start = now - 60_000 - hour

beforeEach(async () => {
  await db.pool.query(
    `truncate ${tiers.flatMap((tier) => bucketTables.map((table) => bucketTable(tier, table))).join(', ')}, rollup_due, rollup_state, source`,
  )
})

const write = async (
  times: readonly number[],
  counters: Parameters<typeof bucketRow>[1] = { flows: 1, latency: sketchOf(5) },
) => {
  const token = await leasedSource(db.pool, 's')
  const buckets = times.map((time) => bucketRow(time, counters, edgeName('a', 'b'), facetOf({ source: 's' })))
  await writeBatch(db.pool, createDictionaries(db.pool), batchOf('s', token, { buckets }), { now })
}

const stored = async (tier: Tier) =>
  (await db.pool.query(`select bucket, flows, requests, latency from ${bucketTable(tier)} order by bucket`)).rows

test('fills each coarser tier from the finer one, sketches compacted and unknown kept', async () => {
  await write(Array.from({ length: 360 }, (_, i) => start + i * 10_000))
  await rollUp(db.pool, now)
  expect(await stored('1m')).toHaveLength(60)
  expect(await stored('5m')).toHaveLength(12)
  const [row, ...more] = await stored('1h')
  expect(more).toEqual([])
  expect(row).toMatchObject({ bucket: start, flows: 360, requests: null })
  const counts = new Map<number, number>()
  mergeSketch(counts, row.latency)
  expect(countOf(counts)).toBe(360)
  expect(row.latency.length).toBeLessThan(8)
})

test('doing it again changes nothing', async () => {
  await write([start, start + 10_000])
  await rollUp(db.pool, now)
  const before = await stored('1h')
  await inTransaction(db.pool, (connection) => markDue(connection, '10s', [start]))
  await rollUp(db.pool, now)
  expect(await stored('1h')).toEqual(before)
  expect(await rollUp(db.pool, now)).toEqual({ buckets: 0, rows: 0 })
})

test('a late bucket makes its coarser ones again', async () => {
  await write([start])
  await rollUp(db.pool, now)
  await write([start, start + 20_000], { flows: 10 })
  await rollUp(db.pool, now)
  expect(await stored('1m')).toMatchObject([{ bucket: start, flows: 21 }])
  expect(await stored('1h')).toMatchObject([{ bucket: start, flows: 21 }])
})

test('leaves the bucket alone that is not closed', async () => {
  await write([now - 60_000])
  await rollUp(db.pool, now)
  expect(await stored('1m')).toEqual([])
  await rollUp(db.pool, now + 20_000)
  expect(await stored('1m')).toMatchObject([{ bucket: now - 60_000, flows: 1 }])
  expect(await stored('5m')).toEqual([])
})

test('a bucket that is written during the roll-up stays due', async () => {
  await write([start])
  const [due] = await readDue(db.pool, '10s', now)
  await write([start])
  const { removeDue } = await import('@/server/db/buckets/remove-due')
  await removeDue(db.pool, '10s', due ? [due] : [])
  expect(await readDue(db.pool, '10s', now)).toHaveLength(1)
})

test('two runners at once neither fail nor double', async () => {
  await write(Array.from({ length: 90 }, (_, i) => start + i * 40_000))
  await Promise.all([rollUp(db.pool, now), rollUp(db.pool, now)])
  expect(await stored('1h')).toMatchObject([{ flows: 90 }])
})

test('any window sums to the same before and after the roll-up', async () => {
  await write(Array.from({ length: 360 }, (_, i) => start + i * 10_000))
  await write([now - 60_000, now - 50_000])
  for (const from of [start, start + 10_000, start + 70_000, start + 310_000]) {
    const question = { window: { from, to: now }, recordingId: null, edgeIds: null }
    await db.pool.query('delete from rollup_state')
    const before = await readEdgeRows(db.pool, question)
    await rollUp(db.pool, now)
    const after = await readEdgeRows(db.pool, question)
    const extra = (before.window.from - after.window.from) / 10_000
    expect(after.rows[0]?.flows).toBe((before.rows[0]?.flows ?? 0) + extra)
  }
})
