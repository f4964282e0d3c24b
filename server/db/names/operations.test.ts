import { afterAll, expect, test } from 'vitest'
import { countOf, decodeSketch } from '@/core/figures/sketch'
import { floorTo, tierMs, tiers } from '@/core/time'
import { rollUp } from '@/server/jobs/roll-up'
import { noCounters } from '@/core/figures/counters'
import { closePrismaClient, prismaClient } from '../client'
import { createDictionaries } from './dictionaries'
import { markDue } from '../buckets/mark-due'
import { bucketTable } from '../partitions'
import { inTransaction } from '../pool'
import { readOperationRows } from '../buckets/read-operation-rows'
import { readOperations } from './read-operations'
import { createRecording, deleteRecording } from '../recordings/recordings'
import type { OperationBucketRow } from '../telemetry'
import { batchOf, bucketRow, edgeName, facetOf, leasedSource, recordRow, sketchOf } from '../test-batches'
import { testDatabase } from '../testing'
import { writeBatch } from '../write-batch'
import { writeRecording } from '../recordings/write-recording'

const db = testDatabase()
afterAll(() => closePrismaClient(db.url))
const hour = 3_600_000
/** An hour that is over at `now`, within the retention of the finest tier. */
const now = floorTo(Date.now(), hour) + 60_000
const start = now - 60_000 - hour
const window = { from: start, to: now }

const row = (
  bucket: number,
  name: string,
  code: string,
  parts: Partial<OperationBucketRow> = {},
): OperationBucketRow => ({
  edge: edgeName('web', 'cart'),
  facet: facetOf(),
  operation: { name, code, flags: '' },
  bucket,
  requests: 1,
  responses: 1,
  clientErrors: 0,
  serverErrors: code === '503' ? 1 : 0,
  latency: sketchOf(5),
  ...parts,
})

const write = async (source: string, operations: readonly OperationBucketRow[], id?: string) => {
  const token = await leasedSource(db.pool, source)
  const buckets = operations.map(({ bucket, edge, facet, requests, responses }) =>
    bucketRow(bucket, { requests, responses }, edge, facet),
  )
  const batch = batchOf(source, token, { buckets, operations })
  return writeBatch(db.pool, createDictionaries(db.pool), id ? { ...batch, id } : batch, { now })
}

const edgeIds = async () => [...(await createDictionaries(db.pool).edges([edgeName('web', 'cart')]))]

const read = async (recordingId: number | null = null) => {
  const rows = await readOperationRows(db.pool, { window, recordingId, edgeIds: await edgeIds() })
  const names = await readOperations(
    db.pool,
    rows.map(({ operationId }) => operationId),
  )
  return rows
    .map((r) => {
      const { name = '?', code = '?' } = names.get(r.operationId) ?? {}
      return [name, code, r.requests, r.serverErrors, r.latency && countOf(decodeSketch(r.latency))]
    })
    .sort()
}

const stored = async (tier: (typeof tiers)[number]) =>
  (await db.pool.query(`select * from ${bucketTable(tier, 'operation_bucket')} order by bucket, operation_id`)).rows

test('operations are counted by their edge, facet, name, answer and bucket, each flush once', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => row(start + n * 10_000, 'GET /a', n % 10 === 0 ? '503' : '200'))
  const first = await write('s', rows, 'one')
  const again = await write('s', rows, 'one')
  expect([first.repeated, again.repeated]).toEqual([false, true])
  expect(await read()).toEqual([
    ['GET /a', '200', 27, 0, 27],
    ['GET /a', '503', 3, 3, 3],
  ])
})

test('they are rolled up with the edges, and doing it again changes nothing', async () => {
  await rollUp(db.pool, now)
  const answers = await read()
  expect(answers).toEqual([
    ['GET /a', '200', 27, 0, 27],
    ['GET /a', '503', 3, 3, 3],
  ])
  expect(await stored('5m')).toHaveLength(2)
  const coarse = await stored('1h')
  expect(coarse).toMatchObject([{ requests: 27 }, { requests: 3 }])
  await inTransaction(db.pool, (connection) => markDue(connection, '10s', [start]))
  await rollUp(db.pool, now)
  expect(await stored('1h')).toEqual(coarse)
  expect(await read()).toEqual(answers)
})

test('a late one makes its coarser buckets again', async () => {
  await write('s', [row(start, 'GET /late', '200')])
  await rollUp(db.pool, now)
  expect((await stored('1h')).map(({ requests }) => requests).sort()).toEqual([1, 27, 3])
  expect(tierMs['1h']).toBe(hour)
})

test('a recording keeps its own, each record once, and loses them when it is deleted', async () => {
  const prisma = prismaClient(db.url)
  const { id } = await createRecording(prisma, { name: 'ops', sourceType: 'hubble', cluster: 'demo' })
  const { edge: _edge, facet: _facet, ...counts } = row(start, 'GET /rec', '200')
  const item = {
    record: recordRow(start, 7n),
    counts: [{ ...noCounters, bucket: start, requests: 1 }],
    operations: [counts],
  }
  await writeRecording(db.pool, createDictionaries(db.pool), id, [item])
  await writeRecording(db.pool, createDictionaries(db.pool), id, [item])
  expect(await read(id)).toEqual([['GET /rec', '200', 1, 0, 1]])
  await deleteRecording(prisma, id)
  expect(await read(id)).toEqual([])
})
