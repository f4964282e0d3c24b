import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDictionaries } from './names/dictionaries'
import { type Embedded, startEmbedded } from './embedded'
import { migrate } from './migrate'
import { createPool } from './pool'
import { batchOf, bucketRow, edgeName, facetOf, leasedSource } from './test-batches'
import { administer } from './testing-server'
import { writeBatch } from './write-batch'

const log = pino({ level: 'silent' })
let dir = ''
let running: Embedded | null = null

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oriel-embedded-'))
  await chmod(dir, 0o755)
})

afterAll(async () => {
  await running?.stop()
  await rm(dir, { recursive: true, force: true })
})

const start = async () => {
  running = await startEmbedded({ dir: join(dir, 'pg'), log })
  return running
}

const postmaster = async () => Number((await readFile(join(dir, 'pg/data/postmaster.pid'), 'utf8')).split('\n')[0])

test('starts on loopback with a password that only its owner can read, and comes back on the same port', async () => {
  const first = await start()
  expect((await stat(join(dir, 'pg/password'))).mode & 0o777).toBe(0o600)
  expect(await administer(first.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  await expect(administer(first.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
  await first.stop()
  expect((await start()).url).toBe(first.url)
})

test('takes up a server that still runs', async () => {
  const pid = await postmaster()
  await start()
  expect(await postmaster()).toBe(pid)
})

test('survives kill -9 of the server, stale postmaster.pid and all', async () => {
  const { url } = await start()
  await administer(url, 'create schema other create table kept (n int default 1)')
  process.kill(await postmaster(), 'SIGKILL')
  expect(await administer((await start()).url, `select to_regclass('other.kept')::text as kept`)).toEqual([
    { kept: 'other.kept' },
  ])
})

test('migrates once, whoever asks and however often', async () => {
  const { url } = await start()
  const steps: string[] = []
  await Promise.all([1, 2, 3].map(() => migrate(url, (name) => steps.push(name))))
  const all = (await readdir('prisma/migrations')).filter((name) => /^\d{4}_/.test(name)).sort()
  expect(steps).toEqual(all)
  expect(
    await administer(url, 'select count(*)::int as n from _prisma_migrations where finished_at is not null'),
  ).toEqual([{ n: all.length }])
})

test('a restart in the middle of writes is told as unavailable, and writing again neither loses nor doubles', async () => {
  const { url } = await start()
  const pool = createPool(url, { max: 3 })
  const token = await leasedSource(pool, 's')
  const dictionaries = createDictionaries(pool)
  const bucket = Math.floor(Date.now() / 10_000) * 10_000 - 60_000
  let failures = 0
  const write = async (n: number): Promise<void> => {
    const buckets = Array.from({ length: 2_000 }, (_, i) =>
      bucketRow(bucket, { flows: 1 }, edgeName('a', 'b', i + 1), facetOf()),
    )
    const batch = batchOf('s', token, { buckets, seen: [BigInt(n)] })
    for (;;) {
      try {
        await writeBatch(pool, dictionaries, batch)
        return
      } catch (error) {
        expect(error).toMatchObject({ code: 'unavailable' })
        failures++
        await new Promise((done) => setTimeout(done, 50))
      }
    }
  }
  const writing = (async () => {
    for (let n = 0; n < 40; n++) await write(n)
  })()
  await new Promise((done) => setTimeout(done, 300))
  process.kill(await postmaster(), 'SIGKILL')
  await new Promise((done) => setTimeout(done, 100))
  await start()
  await writing
  const { rows } = await pool.query('select sum(flows)::bigint as flows, count(*) as rows from edge_bucket_10s')
  const keys = await pool.query('select count(*) as n from seen_key')
  await pool.end()
  expect(rows).toEqual([{ flows: 80_000, rows: 2_000 }])
  expect(keys.rows).toEqual([{ n: 40 }])
  expect(failures).toBeGreaterThan(0)
})

test.runIf(process.getuid?.() === 0)('says what to do where the server’s user cannot reach the folder', async () => {
  const closed = join(dir, 'closed')
  await mkdir(closed, { mode: 0o700 })
  await expect(startEmbedded({ dir: join(closed, 'pg'), log })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('ORIEL_STATE_DIR'),
  })
})
