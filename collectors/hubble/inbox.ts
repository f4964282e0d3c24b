import type { ClientReadableStream } from '@grpc/grpc-js'

/** Messages of a stream, handed over in batches. */
export type Inbox = {
  /**
   * What has come: at most `maxMessages`, after at most `lingerMs` since the first of them. Empty
   * when nothing came within `idleMs`, or when the stream has ended and all was handed over.
   */
  take(): Promise<Buffer[]>
  /** How the stream ended; null while it goes on. */
  readonly ended: { readonly error: Error | null } | null
  /** Messages and bytes held, for tests of the bound. */
  readonly held: { readonly messages: number; readonly bytes: number }
}

export type InboxLimits = {
  readonly maxMessages: number
  readonly maxBytes: number
  readonly lingerMs: number
  readonly idleMs: number
}

/** Small batches die young: at 5,000 messages a fifth of the time went into garbage collection. */
export const inboxLimits: InboxLimits = { maxMessages: 1_000, maxBytes: 4_000_000, lingerMs: 200, idleMs: 1_000 }

/**
 * Reads a stream only as fast as batches are taken: past either bound it is paused, HTTP/2 flow
 * control stops the peer, and the peer says by lost_events what it had to drop.
 */
export function createInbox(stream: ClientReadableStream<Buffer>, limits: InboxLimits = inboxLimits): Inbox {
  let messages: Buffer[] = []
  let bytes = 0
  let firstAt = 0
  let ended: Inbox['ended'] = null
  let wake: (() => void) | null = null

  const full = () => messages.length >= limits.maxMessages || bytes >= limits.maxBytes
  const isEnded = () => ended !== null
  const notify = () => {
    wake?.()
    wake = null
  }
  const end = (error: Error | null) => {
    ended ??= { error }
    notify()
  }

  stream.on('data', (message: Buffer) => {
    if (messages.length === 0) {
      firstAt = Date.now()
      notify()
    }
    messages.push(message)
    bytes += message.length
    if (full()) {
      stream.pause()
      notify()
    }
  })
  stream.on('error', end)
  stream.on('end', () => end(null))
  stream.on('close', () => end(null))

  const woken = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    get ended() {
      return ended
    },
    get held() {
      return { messages: messages.length, bytes }
    },
    async take() {
      if (messages.length === 0 && !isEnded()) await woken(limits.idleMs)
      while (messages.length > 0 && !full() && !isEnded() && Date.now() - firstAt < limits.lingerMs) {
        await woken(limits.lingerMs - (Date.now() - firstAt))
      }
      const taken = messages
      messages = []
      bytes = 0
      if (!isEnded() && stream.isPaused()) stream.resume()
      return taken
    },
  }
}
