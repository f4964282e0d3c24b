import { type Tier, tiers } from '@/core/time'
import { bucketTable } from '../partitions'
import { databaseError, type Queryable } from '../pool'
import { readPartitions } from '../read-partitions'
import { readTierState } from './read-tier-state'

/**
 * Start of the oldest bucket that is kept, milliseconds; null without any. A coarse bucket begins before
 * its data: the finest tier that still has all of that time tells when. Looks at one partition with rows of each tier.
 */
export async function readFirstBucket(database: Queryable): Promise<number | null> {
  try {
    const { keptFrom } = await readTierState(database)
    let first: number | null = null
    for (const tier of tiers.toReversed()) {
      const own = await firstOf(database, tier)
      const hasAll = (keptFrom[tier] ?? Number.NEGATIVE_INFINITY) <= (first ?? Number.NEGATIVE_INFINITY)
      if (own !== null && (first === null || own < first || hasAll)) first = own
    }
    return first
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
