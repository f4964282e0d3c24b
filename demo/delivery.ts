import { setTimeout as wait } from 'node:timers/promises'

export type DeliveryCounts = {
  /** Items that the receiver took, and that were given up because the queue was full or they were refused. */
  readonly sent: number
  readonly dropped: number
}

/** Messages on their way to one receiver, in order. */
export type Delivery = {
  push(data: Buffer, items: number): void
  /** Stops sending and forgets what waits. */
  stop(): void
  start(): void
  readonly counts: DeliveryCounts
}

/** Thrown by a sender when sending the same again is of no use. */
export const refused = Symbol('refused')

const maxWaiting = 64
const retryMs = 1_000

/** Sends one message after the other, again and again until it is taken; of more than 64 waiting ones the oldest is dropped. */
export function createDelivery(send: (data: Buffer, signal: AbortSignal) => Promise<void>): Delivery {
  const waiting: { readonly data: Buffer; readonly items: number }[] = []
  const counts = { sent: 0, dropped: 0 }
  let abort = new AbortController()
  let isRunning = false

  const run = async (signal: AbortSignal) => {
    isRunning = true
    for (let first = waiting[0]; first && !signal.aborted; first = waiting[0]) {
      const outcome = await send(first.data, signal).then(
        () => 'sent' as const,
        (error: unknown) => (error === refused ? ('dropped' as const) : null),
      )
      if (signal.aborted) return
      if (outcome) counts[outcome] += first.items
      if (outcome && waiting[0] === first) waiting.shift()
      if (!outcome) await wait(retryMs, undefined, { signal }).catch(() => undefined)
    }
    isRunning = false
  }
  return {
    counts,
    push(data, items) {
      if (abort.signal.aborted) return
      waiting.push({ data, items })
      if (waiting.length > maxWaiting) counts.dropped += waiting.shift()?.items ?? 0
      if (!isRunning) void run(abort.signal)
    },
    stop() {
      abort.abort()
      waiting.length = 0
      isRunning = false
    },
    start() {
      if (abort.signal.aborted) abort = new AbortController()
    },
  }
}
