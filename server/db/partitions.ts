import { floorTo, type Tier } from '@/core/time'
import { inTransaction, type Pool } from './pool'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Time-partitioned tables and how much time one partition holds, in milliseconds. */
export const partitioned = {
  edge_bucket_10s: { column: 'bucket', spanMs: 30 * minute },
  edge_bucket_1m: { column: 'bucket', spanMs: 6 * hour },
  edge_bucket_5m: { column: 'bucket', spanMs: day },
  edge_bucket_15m: { column: 'bucket', spanMs: day },
  edge_bucket_1h: { column: 'bucket', spanMs: 4 * day },
  edge_bucket_6h: { column: 'bucket', spanMs: 16 * day },
  edge_bucket_1d: { column: 'bucket', spanMs: 64 * day },
  edge_bucket_5d: { column: 'bucket', spanMs: 320 * day },
  operation_bucket_10s: { column: 'bucket', spanMs: 30 * minute },
  operation_bucket_1m: { column: 'bucket', spanMs: 6 * hour },
  operation_bucket_5m: { column: 'bucket', spanMs: day },
  operation_bucket_15m: { column: 'bucket', spanMs: day },
  operation_bucket_1h: { column: 'bucket', spanMs: 4 * day },
  operation_bucket_6h: { column: 'bucket', spanMs: 16 * day },
  operation_bucket_1d: { column: 'bucket', spanMs: 64 * day },
  operation_bucket_5d: { column: 'bucket', spanMs: 320 * day },
  flow_record: { column: 'time', spanMs: 15 * minute },
  denied_record: { column: 'time', spanMs: 6 * hour },
  flow_detail: { column: 'from_time', spanMs: 15 * minute },
  denied_detail: { column: 'from_time', spanMs: 6 * hour },
} as const satisfies Record<string, { readonly column: string; readonly spanMs: number }>

export type PartitionedTable = keyof typeof partitioned

/** Counters of edges, and of the operations on them: always written, rolled up and dropped together. */
export const bucketTables = ['edge_bucket', 'operation_bucket'] as const
export type BucketTable = (typeof bucketTables)[number]

export const bucketTable = (
  tier: Tier,
  table: BucketTable = 'edge_bucket',
): PartitionedTable & `${BucketTable}_${Tier}` => `${table}_${tier}`

/** Any number, the same for all who make or drop partitions. */
const lockKey = 0x6f72_7061

const known = new WeakMap<Pool, Set<string>>()

/** Name of the partition that holds a time; it tells the start. */
export function partitionName(table: PartitionedTable, time: number): string {
  const start = floorTo(time, partitioned[table].spanMs)
  return `${table}_${new Date(start).toISOString().slice(0, 16).replace(/\D/g, '')}`
}

/** Start of the partition of this name, null where the name is no partition's. */
export function partitionStart(name: string): number | null {
  const [, y, mo, d, h, mi] = /_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(name) ?? []
  return mi === undefined ? null : Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi))
}

/** Makes the partitions that hold these times where they are missing. Costs nothing for those that this process made or met before. */
export async function ensurePartitions(pool: Pool, table: PartitionedTable, times: Iterable<number>): Promise<void> {
  const have = known.get(pool) ?? new Set<string>()
  known.set(pool, have)
  const { spanMs } = partitioned[table]
  const starts = new Set<number>()
  for (const time of times) starts.add(floorTo(time, spanMs))
  for (const start of [...starts].sort((a, b) => a - b)) {
    const name = partitionName(table, start)
    if (have.has(name)) continue
    await createPartition(pool, table, name, start, start + spanMs)
    have.add(name)
  }
}

/** Forgets what is known of partitions: one was dropped by another process. */
export const forgetPartitions = (pool: Pool): void => void known.delete(pool)

/** Attaching, unlike `create … partition of`, does not stop those who read and write the other partitions. */
const createPartition = (pool: Pool, table: PartitionedTable, name: string, from: number, to: number) =>
  inTransaction(pool, async (connection) => {
    await connection.query('select pg_advisory_xact_lock($1)', [lockKey])
    const { rowCount } = await connection.query('select 1 from pg_inherits where inhrelid = to_regclass($1)', [name])
    if (rowCount) return
    const bound = (time: number) => `'${new Date(time).toISOString()}'`
    await connection.query(`create table if not exists ${name} (like ${table} including defaults)`)
    await connection.query(
      `alter table ${table} attach partition ${name} for values from (${bound(from)}) to (${bound(to)})`,
    )
  })
