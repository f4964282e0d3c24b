import { type Tier, tiers } from '@/core/time'
import { bucketTable } from './partitions'
import { databaseError, type Queryable } from './pool'
import { readPartitions } from './read-partitions'

/** Start of the oldest bucket that is kept, milliseconds; null without any. Looks at one partition with rows of each tier. */
export async function readFirstBucket(database: Queryable): Promise<number | null> {
  try {
    const firsts: number[] = []
    for (const tier of tiers) {
      const first = await firstOf(database, tier)
      if (first !== null) firsts.push(first)
    }
    return firsts.length > 0 ? Math.min(...firsts) : null
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

async function firstOf(database: Queryable, tier: Tier): Promise<number | null> {
  for (const { name } of await readPartitions(database, bucketTable(tier))) {
    const { rows } = await database.query<{ first: number | null }>(`select min(bucket) as first from ${name}`)
    const first = rows[0]?.first ?? null
    if (first !== null) return first
  }
  return null
}
