/** A stream that can be held back. */
export type Pausable = { pause(): void; resume(): void }

/** Messages of many streams, handed over in batches. */
export type Inbox<O> = {
  add(message: Buffer, of: O, stream: Pausable): void
  /**
   * What has come, after at most `lingerMs` since the first of it. Empty when nothing came within
   * `idleMs`, or when the inbox was closed and all was handed over.
   */
  take(): Promise<Received<O>>
  close(): void
  /** Messages and bytes held, for tests of the bound. */
  readonly held: { readonly messages: number; readonly bytes: number }
}

/** `stalledSince`: since when streams were held back, milliseconds; null where none was. */
export type Received<O> = {
  readonly items: readonly { readonly message: Buffer; readonly of: O }[]
  readonly stalledSince: number | null
}

export type InboxLimits = {
  readonly maxMessages: number
  readonly maxBytes: number
  readonly lingerMs: number
  readonly idleMs: number
}

export const inboxLimits: InboxLimits = { maxMessages: 1_000, maxBytes: 1_000_000, lingerMs: 200, idleMs: 1_000 }

/**
 * Streams are read only as fast as batches are taken: past either bound each stream that brings more
 * is paused with that message, HTTP/2 flow control stops the proxy, and the proxy drops what its own
 * buffer cannot hold. Holds at most the bounds and one message a stream.
 */
export function createInbox<O>(limits: InboxLimits = inboxLimits): Inbox<O> {
  let items: { message: Buffer; of: O }[] = []
  let bytes = 0
  let firstAt = 0
  let stalledSince: number | null = null
  const paused = new Set<Pausable>()
  let closed = false
  let wake: (() => void) | null = null

  const full = () => items.length >= limits.maxMessages || bytes >= limits.maxBytes
  const isClosed = () => closed
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
    add(message, of, stream) {
      if (closed) return
      const first = items.length === 0
      if (first) firstAt = Date.now()
      items.push({ message, of })
      bytes += message.length
      if (full()) {
        stream.pause()
        paused.add(stream)
        stalledSince ??= Date.now()
      }
      if (first || full()) notify()
    },
    async take() {
      if (items.length === 0 && !isClosed()) await woken(limits.idleMs)
      while (items.length > 0 && !full() && !isClosed() && Date.now() - firstAt < limits.lingerMs) {
        await woken(limits.lingerMs - (Date.now() - firstAt))
      }
      const taken = { items, stalledSince }
      items = []
      bytes = 0
      stalledSince = null
      for (const stream of paused) stream.resume()
      paused.clear()
      return taken
    },
    close() {
      closed = true
      notify()
    },
    get held() {
      return { messages: items.length, bytes }
    },
  }
}
