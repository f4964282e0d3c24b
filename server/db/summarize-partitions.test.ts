import { expect, test } from 'vitest'
import { ensurePartitions } from './partitions'
import { summarizePartitions } from './summarize-partitions'
import { testDatabase } from './testing'

const db = testDatabase()
const now = Date.UTC(2026, 4, 20, 13, 40)

test('a read of one bucket then looks at its own pages only', async () => {
  await ensurePartitions(db.pool, 'edge_bucket_10s', [now])
  const bucket = (n: number) => new Date(now + n * 10_000).toISOString()
  for (let n = 0; n < 12; n++)
    await db.pool.query(
      `insert into edge_bucket_10s (edge_id, facet_id, bucket) select e, 1, $1 from generate_series(1, 5000) e`,
      [bucket(n)],
    )
  const removed = async () => {
    const connection = await db.pool.connect()
    await connection.query('begin; set local enable_seqscan = off; set local enable_indexscan = off')
    const { rows } = await connection.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) select sum(flows) from edge_bucket_10s where bucket = '${bucket(0)}'`,
    )
    await connection.query('rollback')
    connection.release()
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    return Number(/Rows Removed by Index Recheck: (\d+)/.exec(plan)?.[1] ?? 0)
  }
  expect(await removed()).toBeGreaterThan(40_000)
  await summarizePartitions(db.pool, now)
  expect(await removed()).toBeLessThan(15_000)
})
