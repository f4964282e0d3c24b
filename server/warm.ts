import type { z } from 'zod'
import { everything } from '@/core/scope'
import { ask } from './ask'
import { toError } from './errors'
import { log } from './log'
import { parseParams } from './params'
import type { View } from './view'

/** Asking costs at most a fortieth of the time: an answer that takes a second is asked for every forty. */
const rest = 40
const leastMs = 10_000
/** A new past is wanted every five minutes (core/health/past-parts.ts). */
const mostMs = 300_000

/**
 * Asks a view what the console asks first, again and again, whoever watches: the answer, the past that health is held
 * against and the names are then there when somebody comes. Returns how to stop.
 */
export function keepWarm<P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>, query: string): () => void {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const warm = async () => {
    const began = performance.now()
    await ask({ ...view, staleMs: undefined }, parseParams(view.params, new URLSearchParams(query)), everything).catch(
      (thrown: unknown) =>
        log.debug({ error: toError(thrown).message, view: view.name }, 'nothing could be made ready'),
    )
    if (stopped) return
    timer = setTimeout(() => void warm(), pauseAfter(performance.now() - began))
    timer.unref()
  }
  void warm()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** How long to rest after an answer that took so many milliseconds. */
export const pauseAfter = (tookMs: number): number => Math.min(mostMs, Math.max(leastMs, rest * tookMs))
