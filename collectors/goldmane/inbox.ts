/** Messages that have come and are not taken yet, handed over in batches. */
export type Inbox = {
  /** False: it is full now; send no more until `onRoom`. */
  put(message: Buffer): boolean
  /** Nothing comes any more: at once with what is held. */
  end(error: Error | null): void
  /** All that is held, after at most `lingerMs` since the first of it; empty when nothing came within `idleMs` or after the end. */
  take(): Promise<Buffer[]>
  readonly full: boolean
  /** Since when it is full; null while it is not. */
  readonly fullSince: number | null
  readonly ended: { readonly error: Error | null } | null
}

export type InboxLimits = {
  readonly maxMessages: number
  readonly maxBytes: number
  readonly lingerMs: number
  readonly idleMs: number
}

export const inboxLimits: InboxLimits = { maxMessages: 1_000, maxBytes: 4_000_000, lingerMs: 200, idleMs: 1_000 }

/** `onRoom` is called when a full inbox was emptied. Holds at most the limits and one message more. */
export function createInbox(limits: InboxLimits, onRoom: () => void): Inbox {
  let messages: Buffer[] = []
  let bytes = 0
  let firstAt = 0
  let fullSince: number | null = null
  let ended: Inbox['ended'] = null
  let wake: (() => void) | null = null

  const isEnded = () => ended !== null
  const isFull = () => fullSince !== null
  const notify = () => {
    wake?.()
    wake = null
  }
  const woken = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    get full() {
      return isFull()
    },
    get fullSince() {
      return fullSince
    },
    get ended() {
      return ended
    },
    put(message) {
      if (messages.length === 0) firstAt = Date.now()
      messages.push(message)
      bytes += message.length
      if (messages.length >= limits.maxMessages || bytes >= limits.maxBytes) fullSince ??= Date.now()
      if (messages.length === 1 || isFull()) notify()
      return !isFull()
    },
    end(error) {
      ended ??= { error }
      notify()
    },
    async take() {
      if (messages.length === 0 && !isEnded()) await woken(limits.idleMs)
      while (messages.length > 0 && !isFull() && !isEnded() && Date.now() - firstAt < limits.lingerMs)
        await woken(limits.lingerMs - (Date.now() - firstAt))
      const taken = messages
      messages = []
      bytes = 0
      const wasFull = isFull()
      fullSince = null
      if (wasFull) onRoom()
      return taken
    },
  }
}
