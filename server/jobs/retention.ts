import { floorTo, type Tier, tierMs, tiers } from '@/core/time'
import { systemEvent } from '@/core/audit/event'
import { dropPartition } from '@/server/db/drop-partition'
import { bucketTable, bucketTables, forgetPartitions, partitioned, type PartitionedTable } from '@/server/db/partitions'
import type { Pool } from '@/server/db/pool'
import { pruneAccess } from '@/server/db/access/prune-access'
import { pruneAuditEvents } from '@/server/db/audit/prune-audit-events'
import { pruneGaps } from '@/server/db/sources/prune-gaps'
import { pruneInventory } from '@/server/db/inventory/prune-inventory'
import { pruneLinks } from '@/server/db/links/prune-links'
import { pruneReadings } from '@/server/db/encryption/prune-readings'
import { pruneRestarts } from '@/server/db/inventory/prune-restarts'
import { pruneSeenKeys } from '@/server/db/sources/prune-seen-keys'
import { pruneSessions } from '@/server/db/access/prune-sessions'
import { pruneShapes, releaseShapes } from '@/server/db/flows/prune-shapes'
import { pruneSources } from '@/server/db/sources/prune-sources'
import { readDue } from '@/server/db/buckets/read-due'
import { readPartitions } from '@/server/db/read-partitions'
import { keptMs, type Retention } from '@/server/db/retention'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { writeRollupState } from '@/server/db/buckets/write-rollup-state'

/** Dedupe keys are needed for replays after a restart, which reach back a minute or so. */
const seenKeysMs = 10 * 60_000
/** A source that was taken out of the configuration is shown as stopped for a week. */
const goneSourceMs = 7 * 86_400_000

/** Drops partitions past their retention whole, and prunes what grows beside them. Returns the names dropped. */
export async function applyRetention(pool: Pool, retention: Retention, now: number): Promise<string[]> {
  const dropped: string[] = []
  for (const tier of tiers) dropped.push(...(await retainTier(pool, tier, now - keptMs(retention, tier))))
  dropped.push(...(await dropBefore(pool, 'flow_record', now - retention.flows)))
  dropped.push(...(await dropBefore(pool, 'flow_detail', now - retention.flows)))
  dropped.push(...(await dropBefore(pool, 'denied_record', now - retention.denied)))
  dropped.push(...(await dropBefore(pool, 'denied_detail', now - retention.denied)))
  if (dropped.length > 0) forgetPartitions(pool)
  await pruneGaps(pool, now - retention['1h'])
  await pruneSeenKeys(pool, seenKeysMs)
  await pruneInventory(pool, now - retention['1h'])
  await pruneRestarts(pool, now - retention['1h'])
  await pruneReadings(pool, now - retention['1h'])
  await pruneSources(pool, now - goneSourceMs)
  await pruneLinks(pool, now)
  await endSessionsInTime(pool, now)
  await pruneAccess(pool, now)
  await pruneAudit(pool, now - retention.audit)
  await releaseShapes(pool)
  await pruneShapes(pool, now - Math.max(retention.flows, retention.denied))
  return dropped
}

async function endSessionsInTime(pool: Pool, now: number): Promise<void> {
  for (const { id, account, name, seenAt } of await pruneSessions(pool, now))
    await writeAuditEvent(pool, {
      ...systemEvent,
      action: 'session.ended',
      actor: { account, name },
      target: name,
      before: { session: id, usedLast: new Date(seenAt).toISOString() },
      reason: 'Its longest time was over.',
    })
}

/** By whole days, so that the audit tells of it once a day at most. */
async function pruneAudit(pool: Pool, before: number): Promise<void> {
  const day = floorTo(before, tierMs['1d'])
  const gone = await pruneAuditEvents(pool, day)
  if (gone > 0)
    await writeAuditEvent(pool, {
      ...systemEvent,
      action: 'audit.pruned',
      target: `${gone} events from before ${new Date(day).toISOString().slice(0, 10)}`,
    })
}

/** Buckets that await their roll-up are not dropped: a coarser bucket made without them would be too small. */
async function retainTier(pool: Pool, tier: Tier, before: number): Promise<string[]> {
  const due = tier === tiers.at(-1) ? [] : await readDue(pool, tier, before)
  const oldestDue = due[0]?.bucket ?? Number.POSITIVE_INFINITY
  const horizon = floorTo(Math.min(before, oldestDue), partitioned[bucketTable(tier)].spanMs)
  // Said before the dropping: readers stop counting on these buckets first.
  await writeRollupState(pool, tier, null, horizon)
  const dropped: string[] = []
  for (const table of bucketTables) dropped.push(...(await dropBefore(pool, bucketTable(tier, table), horizon)))
  return dropped
}

async function dropBefore(pool: Pool, table: PartitionedTable, before: number): Promise<string[]> {
  const dropped: string[] = []
  for (const { name, to } of await readPartitions(pool, table)) {
    if (to <= before && (await dropPartition(pool, name))) dropped.push(name)
  }
  return dropped
}
