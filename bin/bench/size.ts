import { noReadings } from '@/core/encryption/ground'
import { floorTo } from '@/core/time'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { acquireLease } from '@/server/db/sources/lease'
import type { Pool } from '@/server/db/pool'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { writeBatch } from '@/server/db/write-batch'
import type { Bench, Measure } from './bench'
import { bucketFixture, edgeFixture } from './fixtures/buckets'
import { knob, withBenchDatabase } from './fixtures/database'
import { recordFixture } from './fixtures/records'

const batches = knob('ORIEL_BENCH_BATCHES', 20)
const edgeCount = 10_000

/** What a row costs on disk with all its indexes, written as the collector writes: 10 k edges, a new bucket and 10 k raw records each time. */
export const bench: Bench = {
  name: 'size',
  title: 'Bytes on disk',
  run: () =>
    withBenchDatabase(async (pool) => {
      await upsertSource(pool, { id: 'bench', type: 'hubble', cluster: 'production', title: 'Hubble', target: '' })
      const leaseToken = (await acquireLease(pool, 'bench', 'bench', 3_600_000)) ?? 0n
      const dictionaries = createDictionaries(pool)
      const edges = edgeFixture(edgeCount)
      const start = floorTo(Date.now(), 1_800_000) - 1_800_000
      for (let n = 0; n < batches; n++) {
        const bucket = start + n * 10_000
        const stats = { records: 0, malformed: 0, lastEventAt: bucket, rate: null, facts: null }
        const records = recordFixture(edges, bucket, n)
        await writeBatch(pool, dictionaries, {
          id: `b${n}`,
          sourceId: 'bench',
          leaseToken,
          buckets: bucketFixture(edges, bucket),
          operations: [],
          records,
          gaps: [],
          seen: [],
          readings: noReadings,
          checkpoint: null,
          stats,
        })
      }
      return [
        await bytes(pool, 'a bucket row', 'edge_bucket_10s', [], { text: '≤ 170 B', most: 170 }),
        await bytes(pool, 'a raw flow and its detail', 'flow_record', ['flow_detail'], { text: '≤ 110 B', most: 110 }),
      ]
    }),
}

/** `beside`: tables that hold a part of the row. */
async function bytes(
  pool: Pool,
  what: string,
  table: string,
  beside: readonly string[],
  bar: { text: string; most: number },
): Promise<Measure> {
  await pool.query(`vacuum analyze ${table}`)
  const { rows } = await pool.query<{ total: number; heap: number; n: number }>(
    `select sum(pg_total_relation_size(inhrelid))::bigint as total, sum(pg_relation_size(inhrelid))::bigint as heap, (select count(*) from ${table}) as n
from pg_inherits where inhparent = any($1::regclass[])`,
    [[table, ...beside]],
  )
  const { total = 0, heap = 0, n = 1 } = rows[0] ?? {}
  return {
    what: `${what} with indexes`,
    value: total / n,
    unit: 'B',
    baseline: { what: 'without', value: heap / n },
    bar: { text: bar.text, met: total / n <= bar.most },
  }
}
