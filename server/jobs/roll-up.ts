import { floorTo, type Tier, tierMs, tiers } from '@/core/time'
import { markDue } from '@/server/db/buckets/mark-due'
import { bucketTable, bucketTables, ensurePartitions } from '@/server/db/partitions'
import { inTransaction, type Pool } from '@/server/db/pool'
import { type Due, readDue } from '@/server/db/buckets/read-due'
import { removeDue } from '@/server/db/buckets/remove-due'
import { replaceBucket } from '@/server/db/buckets/replace-bucket'
import { writeRollupState } from '@/server/db/buckets/write-rollup-state'

/** A bucket is closed this long after its end; what comes later makes it due again. */
export const latenessMs = 20_000

export type RolledUp = { readonly buckets: number; readonly rows: number }

/**
 * Rolls every closed bucket that was written since up into the next tier, finest first. Each bucket
 * is one transaction that replaces it and takes its marks away, so stopping anywhere loses nothing.
 * Cost: rows of the finer buckets that are due.
 */
export async function rollUp(pool: Pool, now: number, signal?: AbortSignal): Promise<RolledUp> {
  let buckets = 0
  let rows = 0
  for (const [i, tier] of tiers.entries()) {
    const finer = tiers[i - 1]
    if (!finer) continue
    const closed = floorTo(now - latenessMs, tierMs[tier])
    for (const [bucket, due] of byBucket(await readDue(pool, finer, closed), tier)) {
      if (signal?.aborted) return { buckets, rows }
      rows += await rollUpBucket(pool, finer, tier, bucket, due)
      buckets++
    }
    await writeRollupState(pool, tier, closed, null)
  }
  return { buckets, rows }
}

async function rollUpBucket(pool: Pool, finer: Tier, tier: Tier, bucket: number, due: readonly Due[]): Promise<number> {
  for (const table of bucketTables) await ensurePartitions(pool, bucketTable(tier, table), [bucket])
  return inTransaction(pool, async (connection) => {
    const rows = await replaceBucket(connection, finer, tier, bucket)
    await removeDue(connection, finer, due)
    if (tier !== tiers.at(-1)) await markDue(connection, tier, [bucket])
    return rows
  })
}

function byBucket(due: readonly Due[], tier: Tier): Map<number, Due[]> {
  const grouped = new Map<number, Due[]>()
  for (const one of due) {
    const bucket = floorTo(one.bucket, tierMs[tier])
    const group = grouped.get(bucket)
    if (group) group.push(one)
    else grouped.set(bucket, [one])
  }
  return grouped
}
