import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo, tierMs } from '@/core/time'
import { createDictionaries } from '../names/dictionaries'
import { bucketTable, ensurePartitions } from '../partitions'
import { readEdgeSightings } from './read-edge-sightings'
import { edgeName, facetOf } from '../test-batches'
import { testDatabase } from '../testing'
import { writeRollupState } from './write-rollup-state'

const db = testDatabase()
const day = tierMs['1d']
const today = floorTo(Date.now(), day)
const now = today + 3_600_000

beforeAll(async () => {
  const dictionaries = createDictionaries(db.pool)
  const [edge] = await dictionaries.edges([edgeName('web', 'cart')])
  const [facet] = await dictionaries.facets([facetOf()])
  const put = async (tier: '1d' | '6h' | '10s', at: number, flows: number) => {
    await ensurePartitions(db.pool, bucketTable(tier), [at])
    await db.pool.query(
      `insert into ${bucketTable(tier)} (edge_id, facet_id, bucket, flows) values ($1, $2, to_timestamp($3::float8 / 1000), $4)`,
      [edge, facet, at, flows],
    )
  }
  for (const back of [29, 10, 1]) await put('1d', today - back * day, 100)
  // What is newer than a day is read in finer steps, of which a day is made.
  await put('6h', today - day, 100)
  await put('10s', now - 600_000, 5)
  await put('10s', now - 500_000, 6)
  for (const tier of ['1m', '5m', '15m', '1h', '6h', '1d'] as const) await writeRollupState(db.pool, tier, today, null)
})

describe('edges of a month', () => {
  it('have their counts, the first and last time, and the days, each once', async () => {
    const { rows } = await readEdgeSightings(db.pool, { from: now - 29 * day, to: now })
    expect(rows).toHaveLength(1)
    const [row] = rows
    expect(row).toMatchObject({ flows: 311, requests: null, first: today - 29 * day, last: now - 500_000 })
    expect(row?.days.toString(2).replaceAll('0', '')).toHaveLength(4)
  })

  it('of a day have one', async () => {
    const { rows } = await readEdgeSightings(db.pool, { from: now - 900_000, to: now })
    expect(rows).toMatchObject([{ flows: 11, first: now - 600_000, last: now - 500_000, days: 1 }])
  })
})
