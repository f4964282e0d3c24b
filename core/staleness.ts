import type { SourceFreshness } from './world'

/** Telemetry arrives in buckets of 10 s; past two of them and the pipeline's own delay, marks become unknown. */
export const staleAfterMs = 30_000

export type Staleness = {
  /** True: what the page shows may be old, and marks turn to unknown. */
  readonly stale: boolean
  /** Every source that is not alive, as one sentence each. */
  readonly sources: readonly { readonly id: string; readonly since: number; readonly why: string }[]
}

const alive: ReadonlySet<SourceFreshness['state']> = new Set(['running', 'idle'])

/**
 * Which sources are not telling the present. A source that runs and has nothing to say is not stale:
 * silence of an idle cluster is an answer. Recordings have no sources and are never stale.
 */
export function staleness(sources: readonly SourceFreshness[], now: number, afterMs = staleAfterMs): Staleness {
  const down = sources
    .filter((s) => !alive.has(s.state) && now - s.stateSince > afterMs)
    .map((s) => ({ id: s.id, since: s.stateSince, why: `${s.id} is ${s.state}` }))
  return { stale: sources.length > 0 && down.length === sources.length, sources: down }
}
