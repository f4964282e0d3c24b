import type { Batch } from '@/collectors/source'
import { log } from '@/server/log'
import { otlpConfig } from './config'
import { inboxLimits } from './inbox'
import { intakeLimits } from './intake'
import { pairLimits } from './pair'
import { type OtlpLimits, createOtlp } from './source'

export const limits: OtlpLimits = {
  inbox: { ...inboxLimits, lingerMs: 10, idleMs: 20 },
  intake: intakeLimits,
  pair: { ...pairLimits, ttlMs: 100 },
  pollMs: 20,
}

/** For tests: the source being read on ports of the system's choice. */
export type Reading = {
  readonly batches: Batch[]
  readonly done: Promise<Error | null>
  /** Ports in the order grpc, http, as far as they are on; of the newest opening. */
  readonly ports: () => Promise<readonly number[]>
  readonly openings: () => number
  stop(): void
}

export function readOtlp(
  config: object = {},
  changed: Partial<OtlpLimits> = {},
  on?: (batch: Batch) => Promise<void>,
): Reading {
  const controller = new AbortController()
  const batches: Batch[] = []
  let ports: readonly number[] = []
  let openings = 0
  let ready = () => {}
  const opened = new Promise<void>((resolve) => (ready = resolve))
  const source = createOtlp({ ...limits, ...changed }, (open) => {
    ports = open.map(({ port }) => port)
    openings++
    ready()
  })
  const run = async () => {
    const context = { cluster: 'c1', inventory: null, signal: controller.signal, log }
    try {
      const parsed = otlpConfig.parse({ grpc: '127.0.0.1:0', http: '127.0.0.1:0', ...config })
      for await (const batch of source.read(parsed, null, context)) {
        batches.push(batch)
        await on?.(batch)
      }
      return null
    } catch (thrown) {
      return thrown as Error
    }
  }
  const done = run()
  return {
    batches,
    done,
    openings: () => openings,
    async ports() {
      await Promise.race([opened, done])
      return ports
    },
    stop: () => controller.abort(),
  }
}

export const observed = (reading: Reading) => reading.batches.flatMap((batch) => batch.observations)
