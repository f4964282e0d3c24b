/** How long a record can come again, in milliseconds of its own time: a source reads from this much before its checkpoint. */
export const replayMs = 60_000

/**
 * Keys of the newest records, so that a replay counts once. Two generations by the records' own
 * time: keys older than `replayMs` before the newest are forgotten. Memory grows with the records of
 * at most two such spans.
 */
export type SeenKeys = {
  /** True when the key is new; it is remembered from then on. */
  add(key: bigint, time: number): boolean
  readonly size: number
}

/** `known`: keys of an earlier run, remembered as long as one more generation. */
export function createSeenKeys(known: Iterable<bigint> = []): SeenKeys {
  let current = new Set(known)
  let previous = new Set<bigint>()
  let since: number | null = null

  return {
    get size() {
      return current.size + previous.size
    },
    add(key, time) {
      since ??= time
      if (time - since > replayMs) {
        previous = current
        current = new Set()
        since = time
      }
      if (current.has(key) || previous.has(key)) return false
      current.add(key)
      return true
    },
  }
}
