import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { batchOf, bucketRow, leasedSource } from '@/server/db/test-batches'
import { readMissingMigrations } from '@/server/db/read-missing-migrations'
import { createPool } from '@/server/db/pool'
import { testDatabase } from '@/server/db/testing'
import { writeBatch } from '@/server/db/write-batch'
import { readiness } from './health'
import { liveHub, type LiveEvent } from './live'

const db = testDatabase()
const events: LiveEvent['type'][] = []

beforeAll(() => {
  process.env.ORIEL_DATABASE_URL = db.url
  liveHub().subscribe((event) => events.push(event.type))
})

const listeners = async () =>
  (
    await db.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'oriel-live' and datname = current_database() and query like 'listen%'`,
    )
  ).rows

afterAll(async () => {
  liveHub().close()
  await vi.waitFor(async () => expect(await listeners()).toEqual([]), 5_000)
})

describe('the listener', () => {
  it('hears of every committed batch', async () => {
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), 5_000)
    const token = await leasedSource(db.pool, 'hubble')
    await writeBatch(
      db.pool,
      createDictionaries(db.pool),
      batchOf('hubble', token, { buckets: [bucketRow(Math.floor(Date.now() / 10_000) * 10_000, { flows: 1 })] }),
    )
    await vi.waitFor(() => expect(events).toContain('tick'), 5_000)
  })

  it('comes back after the database dropped it, and says reconcile', async () => {
    const [first] = await listeners()
    await db.pool.query('select pg_terminate_backend($1)', [first?.pid])
    await vi.waitFor(() => expect(events).toContain('reconcile'), 10_000)
    expect((await listeners())[0]?.pid).not.toBe(first?.pid)
  })
})

describe('readiness', () => {
  it('is given with database and migrations', async () => {
    expect(await readiness(() => db.pool, readMissingMigrations)).toEqual({ ready: true, missing: [] })
  })

  it('names a migration that is missing', async () => {
    const { missing, ready } = await readiness(
      () => db.pool,
      async () => ['0002_more'],
    )
    expect(ready).toBe(false)
    expect(missing[0]).toContain('0002_more')
  })

  it('names the database where it does not answer', async () => {
    const nowhere = createPool('postgresql://nobody@127.0.0.1:1/none')
    const { missing, ready } = await readiness(() => nowhere, readMissingMigrations)
    await nowhere.end()
    expect(ready).toBe(false)
    expect(missing[0]).toMatch(/^database: /)
    expect(JSON.stringify(missing)).not.toContain('nobody@')
  })
})
