import { noReadings } from '@/core/encryption/ground'
import type { Operation } from '@/core/operations/operation'
import { floorTo } from '@/core/time'
import { closePrismaClient, prismaClient } from '@/server/db/client'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { acquireLease } from '@/server/db/sources/lease'
import type { BucketRow, OperationBucketRow } from '@/server/db/telemetry'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { writeBatch } from '@/server/db/write-batch'
import type { Bench } from './bench'
import { knob, withBenchDatabase } from './fixtures/database'
import { bucketFixture, edgeFixture } from './fixtures/buckets'

const rowsPerBatch = 20_000
const batches = knob('ORIEL_BENCH_BATCHES', 40)
const prismaRows = 6_000

const answers: readonly Operation[] = ['200', '404'].map((code) => ({ name: 'GET /items/{id}', code, flags: '' }))

/** Every edge that speaks was asked one thing and gave two answers. */
const operationsOf = (buckets: readonly BucketRow[]): OperationBucketRow[] =>
  buckets
    .filter(({ requests }) => requests !== null)
    .flatMap((bucket) => answers.map((operation) => ({ ...bucket, operation, requests: 6, responses: 6 })))

/** Buckets of 20 k edges through the product's own write, one transaction and one new 10 s bucket each. */
export const bench: Bench = {
  name: 'write',
  title: 'Bucket rows written to PostgreSQL',
  run: () =>
    withBenchDatabase(async (pool, url) => {
      await upsertSource(pool, { id: 'bench', type: 'hubble', cluster: 'production', title: 'Hubble', target: '' })
      const leaseToken = (await acquireLease(pool, 'bench', 'bench', 3_600_000)) ?? 0n
      const dictionaries = createDictionaries(pool)
      const edges = edgeFixture(rowsPerBatch)
      const start = floorTo(Date.now(), 10_000) - 3_600_000
      const write = async (n: number, withOperations = false) => {
        const buckets = bucketFixture(edges, start + n * 10_000)
        const operations = withOperations ? operationsOf(buckets) : []
        const stats = { records: buckets.length, malformed: 0, lastEventAt: start, rate: null, facts: null }
        const began = performance.now()
        await writeBatch(pool, dictionaries, {
          id: `b${n} ${withOperations}`,
          sourceId: 'bench',
          leaseToken,
          buckets,
          operations,
          records: [],
          gaps: [],
          seen: [],
          readings: noReadings,
          checkpoint: { time: start },
          stats,
        })
        return performance.now() - began
      }
      for (let n = -3; n < 0; n++) await write(n)
      let ms = 0
      for (let n = 0; n < batches; n++) ms += await write(n)
      const rate = (batches * rowsPerBatch) / (ms / 1000)
      await write(batches, true)
      let both = 0
      const more = Math.ceil(batches / 4)
      for (let n = 1; n <= more; n++) both += await write(batches + n, true)

      // Prisma knows no telemetry table: this is the widest of its models, every column given, two columns less than a bucket row.
      const prisma = prismaClient(url)
      const recordings = Array.from({ length: prismaRows }, (_, i) => ({
        name: `r${i}`,
        sourceType: 'hubble',
        cluster: 'production',
        createdAt: new Date(start),
        linesRead: i,
        linesUsed: i,
        skipped: {},
        fromTime: new Date(start),
        toTime: new Date(start + i),
      }))
      const began = performance.now()
      for (let i = 0; i < prismaRows; i += 2_000)
        await prisma.recording.createMany({ data: recordings.slice(i, i + 2_000) })
      const prismaRate = prismaRows / ((performance.now() - began) / 1000)
      await closePrismaClient(url)
      return [
        {
          what: `bucket rows, ${rowsPerBatch} a transaction, sustained over ${batches * rowsPerBatch}`,
          value: rate,
          unit: 'rows/s',
          baseline: { what: 'Prisma createMany into its widest model, 10 columns', value: prismaRate },
          bar: { text: '≥ 150 k rows/s and ≥ 40 × Prisma createMany', met: rate >= 150_000 && rate >= 40 * prismaRate },
        },
        {
          what: `a flush of ${rowsPerBatch} bucket rows that also has the two operations of each edge with requests (${rowsPerBatch} rows)`,
          value: both / more,
          unit: 'ms',
          baseline: { what: 'the bucket rows alone', value: ms / batches },
        },
      ]
    }),
}
