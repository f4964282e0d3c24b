import type { Batch, Checkpoint, Source } from '@/collectors/source'
import { log } from '@/server/log'
import { inboxLimits } from './inbox'
import type { Timings } from './source'

export const timings: Timings = {
  overlapMs: 15_000,
  firstSpanMs: 300_000,
  ringMs: 3_500_000,
  stallMs: 30_000,
  pollMs: 50,
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
}
export const limits = { ...inboxLimits, lingerMs: 20, idleMs: 50 }

/** For tests: a source being read, with all that it gave so far. */
export type Reading = { readonly batches: Batch[]; readonly done: Promise<Error | null>; stop(): void }

export function startReading<C>(
  source: Source<C>,
  config: C,
  from: Checkpoint | null = null,
  on?: (batch: Batch) => Promise<void>,
): Reading {
  const controller = new AbortController()
  const batches: Batch[] = []
  const run = async () => {
    try {
      const context = { cluster: 'c1', inventory: null, signal: controller.signal, log }
      for await (const batch of source.read(config, from, context)) {
        batches.push(batch)
        await on?.(batch)
      }
      return null
    } catch (thrown) {
      return thrown as Error
    }
  }
  return { batches, done: run(), stop: () => controller.abort() }
}

export const observed = (reading: Reading) => reading.batches.flatMap((batch) => batch.observations)
export const gapsOf = (reading: Reading) => reading.batches.flatMap((batch) => batch.gaps)
export const checkpointsOf = (reading: Reading) => reading.batches.flatMap(({ checkpoint }) => checkpoint?.time ?? [])
