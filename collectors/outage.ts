import type { Gap, GapCause } from '@/core/observation'

/** A replay that reaches back to within this many milliseconds of the stop has filled the hole. */
const toleranceMs = 10_000
/** A stop shorter than this is not worth a gap: the next read replays it. */
const graceMs = 3_000

/**
 * The hole that a source's stop leaves. It is open while the source is away; the first records
 * after the return tell whether they fill it, by how far back they reach.
 */
export type Outage = {
  /** The source stopped at `now`; `since`: time of its newest record, if any. */
  begin(cause: GapCause, since: number | null, now: number): void
  /** A gap to write, once, when the stop has lasted; null otherwise. */
  due(now: number): Gap | null
  /** Records came, the oldest of them of time `oldest`: the gap as it ends, null when none was told. */
  end(oldest: number): Gap | null
}

export function createOutage(cluster: string): Outage {
  let open: { from: number; cause: GapCause; at: number; told: boolean } | null = null
  const gap = (from: number, to: number | null, cause: GapCause): Gap => ({
    cluster,
    from,
    to,
    cause,
    lost: null,
    part: '',
  })

  return {
    begin(cause, since, now) {
      open ??= { from: since ?? now, cause, at: now, told: false }
    },
    due(now) {
      if (!open || open.told || now - open.at < graceMs) return null
      open.told = true
      return gap(open.from, null, open.cause)
    },
    end(oldest) {
      if (!open) return null
      const { from, cause, told } = open
      open = null
      const filled = oldest - from <= toleranceMs
      if (filled) return told ? gap(from, from, cause) : null
      return gap(from, oldest, cause)
    },
  }
}
