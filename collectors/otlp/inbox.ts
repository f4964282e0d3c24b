import type { Span, Spans } from './span'

/** Spans that were accepted and not yet read on. */
export type Inbox = {
  /** False: full, the sender is to come again later. True: the spans are taken, and will be counted. */
  put(spans: Spans): boolean
  /** What has come: after at most `lingerMs` since the first of it, empty after `idleMs` without anything. */
  take(): Promise<Taken>
  /** Wakes `take`. */
  wake(): void
  readonly full: boolean
  readonly held: number
}

export type Taken = { readonly spans: readonly Span[]; readonly rejected: number }

export type InboxLimits = {
  /** Full from here on; the last request may go past it. */
  readonly maxSpans: number
  readonly lingerMs: number
  readonly idleMs: number
  /** A batch is handed over early from here on, so that no flush waits for a large one. */
  readonly batchSpans: number
}

export const inboxLimits: InboxLimits = { maxSpans: 50_000, lingerMs: 200, idleMs: 1_000, batchSpans: 5_000 }

export function createInbox(limits: InboxLimits = inboxLimits): Inbox {
  let parts: Spans[] = []
  let held = 0
  let firstAt = 0
  let waiter: (() => void) | null = null

  const wake = () => {
    waiter?.()
    waiter = null
  }
  const woken = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      waiter = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    wake,
    get full() {
      return held >= limits.maxSpans
    },
    get held() {
      return held
    },
    put(spans) {
      if (held >= limits.maxSpans) return false
      if (parts.length === 0) {
        firstAt = Date.now()
        wake()
      }
      parts.push(spans)
      held += spans.spans.length
      if (held >= limits.batchSpans) wake()
      return true
    },
    async take() {
      if (parts.length === 0) await woken(limits.idleMs)
      const rest = limits.lingerMs - (Date.now() - firstAt)
      if (parts.length > 0 && held < limits.batchSpans && rest > 0) await woken(rest)
      const taken = parts
      parts = []
      held = 0
      return {
        spans: taken.flatMap(({ spans }) => spans),
        rejected: taken.reduce((sum, { rejected }) => sum + rejected, 0),
      }
    },
  }
}
