import { startEmbedded } from '@/server/db/embedded'
import { migrate } from '@/server/db/migrate'
import { createPool } from '@/server/db/pool'
import { ensurePartitions } from '@/server/db/partitions'
import { readFileSync } from 'node:fs'
import pino from 'pino'
const e = await startEmbedded({ dir: '/tmp/store/lab', log: pino({ level: 'silent' }) })
await migrate(e.url)
const pool = createPool(e.url, { max: 1 })
const T = 1780000000000 - (1780000000000 % 86400000)
const n = (await pool.query('select count(*) as n from edge_bucket_1d')).rows[0].n
if (n === 0) {
  await ensurePartitions(
    pool,
    'edge_bucket_1d',
    Array.from({ length: 20 }, (_, i) => T + i * 864e5),
  )
  for (let i = 0; i < 20; i++)
    await pool.query(
      `insert into edge_bucket_1d select e, 1 + e % 2, to_timestamp(${(T + i * 864e5) / 1000}), case when e%2=0 then 12 end, null, null,null, case when e%2=1 then 12 end, case when e%2=1 then 12 end, case when e%2=1 then 1 end, case when e%2=1 then 0 end, case when e%2=1 then '\\x010801020304050607080901020304050607'::bytea end from generate_series(1,20000) e`,
    )
  await pool.query('vacuum analyze edge_bucket_1d')
}
const pid = (await pool.query('select pg_backend_pid() as p')).rows[0].p
const cpu = (p: number) => {
  const f = readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(f[11]) + Number(f[12])) * 10
}
const from = `(select * from edge_bucket_1d where bucket >= to_timestamp(${T / 1000}) and bucket < to_timestamp(${(T + 20 * 864e5) / 1000})) b`
const s = (c: string, t: string) => `sum(${c})${t} as ${c}`
const cols = [
  'flows',
  'connections',
  'bytes_sent',
  'bytes_received',
  'requests',
  'responses',
  'client_errors',
  'server_errors',
]
const variants: Record<string, string> = {
  count: `select count(*) from ${from}`,
  'group only': `select edge_id, facet_id from ${from} group by 1,2`,
  'one sum': `select edge_id, facet_id, sum(flows)::bigint from ${from} group by 1,2`,
  'sum bigint': `select edge_id, facet_id, ${cols.map((c) => s(c, '::bigint'))}, string_agg(latency, ''::bytea) as latency from ${from} group by 1,2`,
  'no string_agg': `select edge_id, facet_id, ${cols.map((c) => s(c, '::bigint'))} from ${from} group by 1,2`,
  'sum float8': `select edge_id, facet_id, ${cols.map((c) => `sum(${c}::float8) as ${c}`)}, string_agg(latency, ''::bytea) as latency from ${from} group by 1,2`,
  'key concat': `select (edge_id::bigint << 21) | facet_id as k, ${cols.map((c) => s(c, '::bigint'))}, string_agg(latency, ''::bytea) as latency from ${from} group by 1`,
}
await pool.query('set max_parallel_workers_per_gather = 0')
for (const settings of [
  'set work_mem = "16MB"',
  'set work_mem = "64MB"; set enable_indexscan = off; set enable_bitmapscan = off',
  'set enable_sort=off',
]) {
  await pool.query(settings)
  console.log(settings)
  for (const [name, q] of Object.entries(variants)) {
    await pool.query(`explain analyze ${q}`)
    const c0 = cpu(pid)
    for (let i = 0; i < 4; i++) await pool.query(`explain analyze ${q}`)
    const c1 = cpu(pid)
    const n0 = process.cpuUsage()
    const d0 = cpu(pid)
    for (let i = 0; i < 4; i++) await pool.query(q)
    const d1 = cpu(pid)
    const n1 = process.cpuUsage(n0)
    if (['group only', 'sum bigint', 'no string_agg', 'sum float8'].includes(name))
      console.log(
        name.padEnd(16),
        'server cpu',
        (c1 - c0) / 4,
        'with transfer',
        (d1 - d0) / 4,
        'node cpu',
        Math.round((n1.user + n1.system) / 4000),
      )
  }
}
console.log(
  (await pool.query(`explain (analyze, buffers) ${variants['sum bigint']}`)).rows
    .map((r) => r['QUERY PLAN'])
    .join('\n'),
)
await pool.end()
if (process.argv[2]) await e.stop()
