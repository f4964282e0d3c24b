import { wallKey } from './wall'

export type SharedCache<T> = {
  /** The value under this key, made at most once at a time and kept for `ttlMs` (else that of the cache). A failure is not kept. */
  get(key: string, make: () => Promise<T>, ttlMs?: number): Promise<{ readonly value: T; readonly hit: boolean }>
  /** A value that is there and was made no longer than `maxAgeMs` ago, also where it is past its time (`staleMs`); null without one. */
  peek(key: string, maxAgeMs: number): T | null
  readonly size: number
}

export type CacheLimits<T> = {
  /** How long after it was made a value is still given. */
  readonly ttlMs: number
  /** How long after that it is kept for `peek`; absent: not at all, so that what nobody gets fills no memory. */
  readonly staleMs?: number
  readonly entries: number
  /** Bytes (or another weight) of all values together, by `weigh`. */
  readonly weight: number
  readonly weigh: (value: T) => number
}

type Entry<T> = {
  promise: Promise<T>
  weight: number
  until: number
  made: { value: T; at: number } | null
  forget: NodeJS.Timeout | undefined
}

const behindWall = (key: string): string => `${wallKey()} ${key}`

/**
 * What many ask for at once is made once, and kept apart for each wall that it may have been loaded behind. The least
 * recently used goes first, by count and by weight.
 */
export function createSharedCache<T>(limits: CacheLimits<T>, now: () => number = Date.now): SharedCache<T> {
  const entries = new Map<string, Entry<T>>()
  let weight = 0

  const drop = (key: string, entry: Entry<T>) => {
    if (entries.get(key) !== entry) return
    clearTimeout(entry.forget)
    entries.delete(key)
    weight -= entry.weight
  }
  const shrink = () => {
    for (const [key, entry] of entries) {
      if (entries.size <= limits.entries && weight <= limits.weight) return
      drop(key, entry)
    }
  }
  const fill = async (key: string, entry: Entry<T>, ttlMs: number): Promise<T> => {
    try {
      const value = await entry.promise
      entry.until = now() + ttlMs
      entry.made = { value, at: now() }
      if (entries.get(key) === entry) {
        entry.weight = limits.weigh(value)
        weight += entry.weight
        entry.forget = setTimeout(drop, ttlMs + (limits.staleMs ?? 0), key, entry).unref()
      }
      shrink()
      return value
    } catch (thrown) {
      drop(key, entry)
      throw thrown
    }
  }

  return {
    async get(asked, make, ttlMs = limits.ttlMs) {
      const key = behindWall(asked)
      const found = entries.get(key)
      if (found && found.until > now()) {
        entries.delete(key)
        entries.set(key, found)
        return { value: await found.promise, hit: true }
      }
      if (found) drop(key, found)
      const entry: Entry<T> = {
        promise: make(),
        weight: 0,
        until: Number.POSITIVE_INFINITY,
        made: null,
        forget: undefined,
      }
      entries.set(key, entry)
      return { value: await fill(key, entry, ttlMs), hit: false }
    },
    peek(key, maxAgeMs) {
      const made = entries.get(behindWall(key))?.made
      return made && now() - made.at <= maxAgeMs ? made.value : null
    },
    get size() {
      return entries.size
    },
  }
}
