/** The newest reading of each subject, for who writes them now and then. Memory is bounded by `max`. */
export type NewestReadings<R> = {
  see(subject: string, reading: R): void
  /** Readings newer than those of the last take; nothing sooner than `everyMs` after it, by the readings' own time. */
  take(): readonly R[]
  values(): Iterable<R>
}

/** A subject that was not read for so long is gone. */
const maxAgeMs = 600_000

export function createReadings<R extends { readonly readAt: number }>(max: number, everyMs: number): NewestReadings<R> {
  const newest = new Map<string, R>()
  let seenAt = 0
  let takenAt = Number.NEGATIVE_INFINITY

  const forget = () => {
    for (const [subject, { readAt }] of newest) if (readAt < seenAt - maxAgeMs) newest.delete(subject)
  }
  return {
    see(subject, reading) {
      if (newest.size >= max && !newest.has(subject)) return
      newest.set(subject, reading)
      seenAt = Math.max(seenAt, reading.readAt)
    },
    take() {
      if (newest.size === 0 || seenAt < takenAt + everyMs) return []
      forget()
      const fresh = [...newest.values()].filter(({ readAt }) => readAt > takenAt)
      takenAt = seenAt
      return fresh
    },
    values() {
      forget()
      return newest.values()
    },
  }
}
