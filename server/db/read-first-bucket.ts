import { type Tier, tiers } from '@/core/time'
import { bucketTable, partitionStart, type PartitionedTable, partitioned } from './partitions'
import { databaseError, type Queryable } from './pool'

const partitions = `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = to_regclass($1) order by c.relname`

/** Start of the oldest bucket that is kept, milliseconds; null without any. Looks at one partition of each tier. */
export async function readFirstBucket(database: Queryable): Promise<number | null> {
  const firsts = await Promise.all(tiers.map((tier) => firstOf(database, tier))).catch((thrown: unknown) =>
    Promise.reject(databaseError(thrown)),
  )
  const known = firsts.filter((time) => time !== null)
  return known.length > 0 ? Math.min(...known) : null
}

async function firstOf(database: Queryable, tier: Tier): Promise<number | null> {
  const table: PartitionedTable = bucketTable(tier)
  const { rows } = await database.query<{ name: string }>(partitions, [table])
  for (const { name } of rows) {
    const start = partitionStart(name)
    if (start === null) continue
    const [from, to] = [start, start + partitioned[table].spanMs].map((time) => new Date(time).toISOString())
    const found = await database.query<{ first: number | null }>(
      `select min(bucket) as first from ${table} where bucket >= $1 and bucket < $2`,
      [from, to],
    )
    const first = found.rows[0]?.first ?? null
    if (first !== null) return first
  }
  return null
}
