import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dictionaries } from '@/server/db/names/dictionaries'
import { acquireLease, releaseLease, renewLease } from '@/server/db/sources/lease'
import { isRetriable, type Pool } from '@/server/db/pool'
import { readCheckpoint } from '@/server/db/sources/read-checkpoint'
import { readSeenKeys } from '@/server/db/sources/read-seen-keys'
import type { Retention } from '@/server/db/retention'
import { upsertSource } from '@/server/db/sources/upsert-source'
import { writeBatch } from '@/server/db/write-batch'
import { writeSourceState } from '@/server/db/sources/write-source-state'
import { toError } from '@/server/errors'
import { log as rootLog, type Logger } from '@/server/log'
import { flushSeconds, lastWritten, recordsMalformed, recordsRead, rowsWritten, sourceUp } from './measures'
import { createPending, type Limits, type PendingWrite } from './pending'
import { createRate } from './rate'
import { createResolver, type InventoryLookup } from './resolve'
import { runSource } from './run-source'
import { replayMs } from './seen'
import type { DiscoveryInventory } from './source'
import { createSourceStates } from './source-states'
import type { SourceInstance } from './sources'

/** What all sources of one collector process share. */
export type Collector = {
  readonly pool: Pool
  readonly dictionaries: Dictionaries
  /** Names this process in leases. */
  readonly holder: string
  readonly cluster: string
  readonly inventory: InventoryLookup
  /** What sources may look at to find their peers; null where Kubernetes is not read. */
  readonly discovery: DiscoveryInventory | null
  readonly limits: Limits
  readonly retention: Retention
}

const leaseMs = 15_000
const renewMs = 5_000

/** Keeps one source running wherever this collector may: takes its lease, runs it, and starts again after any failure. */
export async function supervise(instance: SourceInstance, collector: Collector, signal: AbortSignal): Promise<void> {
  const log = rootLog.child({ source: instance.id })
  while (!signal.aborted) {
    try {
      const identity = {
        id: instance.id,
        type: instance.type,
        cluster: collector.cluster,
        title: instance.title,
        target: instance.target,
      }
      await upsertSource(collector.pool, identity)
      const token = await acquireLease(collector.pool, instance.id, collector.holder, leaseMs)
      if (token !== null) await runLeased(instance, collector, token, signal, log)
    } catch (thrown) {
      log.warn({ error: toError(thrown).message }, 'the source stopped; it is tried again')
    }
    await pause(signal.aborted ? 0 : 2_000, signal)
  }
}

async function runLeased(
  instance: SourceInstance,
  collector: Collector,
  token: bigint,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const { pool } = collector
  const lost = new AbortController()
  const either = AbortSignal.any([signal, lost.signal])
  const renewing = keepLease(pool, instance.id, token, either).finally(() => lost.abort())
  const checkpoint = await readCheckpoint(pool, instance.id)
  const known = await readSeenKeys(pool, instance.id, checkpoint ? sinceCheckpoint(checkpoint.time) : firstReadMs)
  const states = createSourceStates({
    write: (state, message) => writeSourceState(pool, instance.id, state, message),
    onChange: (state) => sourceUp.set({ source: instance.id }, state === 'running' ? 1 : 0),
    log,
  })
  try {
    await runSource({
      read: instance.read,
      cluster: collector.cluster,
      inventory: collector.discovery,
      listens: instance.listens,
      checkpoint,
      pending: createPending(instance.type, createResolver(collector.inventory), collector.limits, known),
      write: createWriter(instance.id, collector, token, log),
      onState: states.set,
      signal: either,
      log,
    })
  } finally {
    lost.abort()
    await states.settled()
    await renewing
    await releaseLease(pool, instance.id, token).catch(() => {})
  }
}

/** A run that ended before its first checkpoint has counted already: its keys are needed for as far back as a source begins. */
const firstReadMs = 10 * 60_000

/** How far back the keys of an earlier run reach: written after the checkpoint's time, less the replay. */
const sinceCheckpoint = (time: number) => Math.max(0, Date.now() - time) + 2 * replayMs

/** Renews until the signal, or until the lease is another's. A database that is away keeps it: nobody else can take it either. */
async function keepLease(pool: Pool, id: string, token: bigint, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(renewMs, signal)
    if (signal.aborted) return
    const held = await renewLease(pool, id, token, leaseMs).catch(() => true)
    if (!held) return
  }
}

/** Writes each batch until it is certain: a database that is away is waited for, and the source with it. */
function createWriter(sourceId: string, collector: Collector, leaseToken: bigint, log: Logger) {
  const rate = createRate()
  return async (pending: PendingWrite): Promise<void> => {
    const started = performance.now()
    const { received, malformed, lastEventAt, toldUntil, facts, ...rows } = pending
    const figures = { malformed, lastEventAt, toldUntil, facts }
    const stats = { records: received, rate: rate.add(received, Date.now()), ...figures }
    const batch = { id: randomUUID(), sourceId, leaseToken, ...rows, stats }
    for (let attempt = 0; ; attempt++) {
      try {
        const { refusedBuckets, refusedRecords } = await writeBatch(collector.pool, collector.dictionaries, batch, {
          retention: collector.retention,
        })
        if (refusedBuckets + refusedRecords > 0)
          log.warn({ refusedBuckets, refusedRecords }, 'rows past their retention were not written')
        break
      } catch (thrown) {
        if (!isRetriable(thrown)) throw thrown
        if (attempt % 10 === 0)
          log.warn({ error: toError(thrown).message }, 'the database is away; nothing is lost, writing is tried again')
        await sleep(Math.min(5_000, 200 * 2 ** attempt))
      }
    }
    lastWritten.set({ source: sourceId }, Date.now() / 1000)
    recordsRead.inc({ source: sourceId }, received)
    recordsMalformed.inc({ source: sourceId }, malformed)
    rowsWritten.inc({ source: sourceId }, rows.buckets.length + rows.operations.length)
    flushSeconds.inc({ source: sourceId }, (performance.now() - started) / 1000)
  }
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
