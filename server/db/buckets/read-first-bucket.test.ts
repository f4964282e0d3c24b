import { beforeEach, expect, test } from 'vitest'
import { floorTo, type Tier, tierMs } from '@/core/time'
import { bucketTable, ensurePartitions } from '../partitions'
import { readFirstBucket } from './read-first-bucket'
import { testDatabase } from '../testing'
import { writeRollupState } from './write-rollup-state'

const db = testDatabase()
const began = Date.UTC(2026, 4, 20, 13, 37, 40)

beforeEach(() => db.pool.query('truncate edge_bucket_10s, edge_bucket_1m, edge_bucket_1h, rollup_state'))

const add = async (tier: Tier, time: number) => {
  const bucket = floorTo(time, tierMs[tier])
  await ensurePartitions(db.pool, bucketTable(tier), [bucket])
  await db.pool.query(`insert into ${bucketTable(tier)} (edge_id, facet_id, bucket) values (1, 1, $1)`, [
    new Date(bucket),
  ])
}

test('nothing is null', async () => expect(await readFirstBucket(db.pool)).toBeNull())

test('a coarse bucket begins before its data, the finest tier that has it tells when', async () => {
  for (const tier of ['10s', '1m', '1h'] as const) await add(tier, began)
  expect(await readFirstBucket(db.pool)).toBe(began)
})

test('what a finer tier dropped is told by the coarser one', async () => {
  await add('1h', began)
  await add('1m', began)
  await add('10s', began + 600_000)
  await writeRollupState(db.pool, '10s', null, began + 300_000)
  expect(await readFirstBucket(db.pool)).toBe(floorTo(began, 60_000))
})

test('what is not rolled up yet counts', async () => {
  await add('1h', began + 7_200_000)
  await add('10s', began)
  await writeRollupState(db.pool, '10s', null, began - 60_000)
  expect(await readFirstBucket(db.pool)).toBe(began)
})
