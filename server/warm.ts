import { everything } from '@/core/scope'
import { ask } from './ask'
import { toError } from './errors'
import { log } from './log'
import { parseParams } from './params'
import type { View } from './view'
import type { z } from 'zod'

/** A new past is wanted every five minutes (core/past-parts.ts). */
const everyMs = 300_000

/**
 * Asks a view its usual question now and every five minutes, whoever watches: the past that health is held against
 * is then known, as are names, before the first page of the day asks. Returns how to stop.
 */
export function keepWarm<P extends z.ZodType, Q, L, A>(view: View<P, Q, L, A>): () => void {
  const warm = () =>
    ask(view, parseParams(view.params, new URLSearchParams()), everything).catch((thrown: unknown) =>
      log.debug({ error: toError(thrown).message, view: view.name }, 'nothing could be made ready'),
    )
  void warm()
  const timer = setInterval(() => void warm(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
