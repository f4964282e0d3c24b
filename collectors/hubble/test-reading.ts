import type { Batch, Checkpoint } from '@/collectors/source'
import { log } from '@/server/log'
import type { HubbleConfig } from './config'
import { inboxLimits } from './inbox'
import { createHubble, type Timings } from './source'

export const timings: Timings = {
  overlapMs: 10_000,
  firstSpanMs: 300_000,
  slackMs: 2_000,
  pollMs: 50,
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  callMs: 2_000,
}
export const limits = { ...inboxLimits, lingerMs: 20, idleMs: 50 }

/** For tests: a source being read, with all that it gave so far. */
export type Reading = { readonly batches: Batch[]; readonly done: Promise<Error | null>; stop(): void }

export function readFrom(
  config: HubbleConfig,
  from: Checkpoint | null = null,
  changed: Partial<Timings> = {},
  on?: (batch: Batch) => Promise<void>,
): Reading {
  const controller = new AbortController()
  const batches: Batch[] = []
  const source = createHubble({ ...timings, ...changed }, limits)
  const run = async () => {
    try {
      for await (const batch of source.read(config, from, {
        cluster: 'c1',
        inventory: null,
        signal: controller.signal,
        log,
      })) {
        batches.push(batch)
        await on?.(batch)
      }
      return null
    } catch (thrown) {
      return thrown as Error
    }
  }
  const stop = () => controller.abort()
  return { batches, done: run(), stop }
}

export const observed = (reading: Reading) => reading.batches.flatMap((batch) => batch.observations)
export const gapsOf = (reading: Reading) => reading.batches.flatMap((batch) => batch.gaps)
