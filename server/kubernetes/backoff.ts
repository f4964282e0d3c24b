import { setTimeout as wait } from 'node:timers/promises'

export type Backoff = { readonly firstMs: number; readonly maxMs: number }

/** Milliseconds to wait before the given attempt (0, 1, 2 …): doubles up to maxMs, a half of it by lot so that many do not come back at once. */
export function backoffDelay(backoff: Backoff, attempt: number, random: () => number = Math.random): number {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt, 30))
  return full / 2 + (full / 2) * random()
}

/** Waits, or returns at once when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {})
}
