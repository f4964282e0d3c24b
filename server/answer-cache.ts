import { createHash } from 'node:crypto'

/** An answer as it goes out. */
export type Answer = { readonly body: Uint8Array; readonly etag: string }

export type AnswerCache = {
  /** The answer under this key, made at most once at a time and kept for `ttlMs`. A failure is not kept. */
  get(key: string, make: () => Promise<Answer>): Promise<{ readonly answer: Answer; readonly hit: boolean }>
  readonly size: number
}

export type CacheLimits = { readonly ttlMs: number; readonly entries: number; readonly bytes: number }

/** Late data may change a window that was already answered; older than this, no answer is given twice. */
const defaults: CacheLimits = { ttlMs: 5_000, entries: 200, bytes: 128 * 1024 * 1024 }

type Entry = { promise: Promise<Answer>; bytes: number; until: number }

/** Least recently used goes first, by count and by bytes. */
export function createAnswerCache(limits: CacheLimits = defaults, now: () => number = Date.now): AnswerCache {
  const entries = new Map<string, Entry>()
  let bytes = 0

  const drop = (key: string, entry: Entry) => {
    if (entries.get(key) !== entry) return
    entries.delete(key)
    bytes -= entry.bytes
  }
  const shrink = () => {
    for (const [key, entry] of entries) {
      if (entries.size <= limits.entries && bytes <= limits.bytes) return
      drop(key, entry)
    }
  }

  return {
    async get(key, make) {
      const found = entries.get(key)
      if (found && found.until > now()) {
        entries.delete(key)
        entries.set(key, found)
        return { answer: await found.promise, hit: true }
      }
      if (found) drop(key, found)
      const entry: Entry = { promise: make(), bytes: 0, until: Number.POSITIVE_INFINITY }
      entries.set(key, entry)
      try {
        const answer = await entry.promise
        entry.until = now() + limits.ttlMs
        if (entries.get(key) === entry) {
          entry.bytes = answer.body.length
          bytes += entry.bytes
        }
        shrink()
        return { answer, hit: false }
      } catch (thrown) {
        drop(key, entry)
        throw thrown
      }
    },
    get size() {
      return entries.size
    },
  }
}

export function toAnswer(value: unknown): Answer {
  const body = new TextEncoder().encode(JSON.stringify(value))
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}
