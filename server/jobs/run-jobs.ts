import { setTimeout as sleep } from 'node:timers/promises'
import { lockConnection } from '@/server/db/lock-connection'
import type { Pool } from '@/server/db/pool'
import type { Retention } from '@/server/db/retention'
import { summarizePartitions } from '@/server/db/summarize-partitions'
import { toError } from '@/server/errors'
import type { Logger } from '@/server/log'
import { preparePartitions } from './partitions'
import { applyRetention } from './retention'
import { rollUp } from './roll-up'

export type JobOptions = {
  readonly url: string
  readonly pool: Pool
  readonly retention: Retention
  readonly signal: AbortSignal
  readonly log: Logger
}

const rollUpEveryMs = 5_000
const housekeepingEveryMs = 60_000
const retryMs = 10_000

/**
 * Roll-up, retention and partitions, until the signal. Any number of processes may call it: one does
 * the work, another takes over when that one is gone. Errors are logged and tried again.
 */
export async function runJobs({ url, pool, retention, signal, log }: JobOptions): Promise<void> {
  while (!signal.aborted) {
    const lock = await lockConnection(url).catch((error: unknown) => {
      log.warn({ error: toError(error).message }, 'the jobs cannot reach the database')
      return null
    })
    if (lock) {
      await work(pool, retention, AbortSignal.any([signal, lock.lost]), log)
      await lock.release()
    }
    await pause(retryMs, signal)
  }
}

async function work(pool: Pool, retention: Retention, signal: AbortSignal, log: Logger): Promise<void> {
  let housekeepingAt = 0
  while (!signal.aborted) {
    try {
      if (Date.now() >= housekeepingAt) {
        await preparePartitions(pool, Date.now())
        const dropped = await applyRetention(pool, retention, Date.now())
        if (dropped.length > 0) log.info({ dropped }, 'dropped what is past its retention')
        housekeepingAt = Date.now() + housekeepingEveryMs
      }
      const { buckets, rows } = await rollUp(pool, Date.now(), signal)
      if (buckets > 0) log.debug({ buckets, rows }, 'rolled up')
      await summarizePartitions(pool, Date.now())
    } catch (error) {
      log.warn({ error: toError(error).message }, 'a job failed and is tried again')
    }
    await pause(rollUpEveryMs, signal)
  }
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
