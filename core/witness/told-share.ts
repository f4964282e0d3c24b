import { overlapMs } from '../series/covered'
import type { GapCause } from '../observation'
import { type Window, windowSeconds } from '../time'
import type { World } from '../world'

/** Who told of a window. */
export type Told = {
  /** Did one of these witnesses (`hubble/destination`, `prometheus:istio/waypoint`) tell of nearly all of it? `clusters`: where it goes, then where it comes from. */
  by(witnesses: readonly string[], clusters: readonly string[]): boolean
}

/** Of less than this share of a window the absence of something says nothing. */
const least = 0.8

/** What leaves a source speaking, but not of everything. */
const thinning: ReadonlySet<GapCause> = new Set(['node_down', 'lost_events', 'overload'])

type Known = Pick<World, 'window' | 'sourceSeconds' | 'gaps' | 'sources'>

/**
 * Seconds that a source told of, less the time in which one of its nodes was away or events were lost: what is
 * missing then may be just what is asked for. A recording tells of all of its time.
 */
export function toldOf({ window, sourceSeconds, gaps, sources }: Known): Told {
  if (sourceSeconds.size === 0) return { by: () => true }
  const types = new Map(sources.map(({ id, type }) => [id, type]))
  const away = new Map<string, Window[]>()
  for (const { source, cluster, cause, from, to } of gaps) {
    if (!thinning.has(cause)) continue
    const key = `${cluster} ${types.get(source) ?? ''}`
    away.set(key, [...(away.get(key) ?? []), { from, to: to ?? window.to }])
  }
  const share = (cluster: string, type: string): number => {
    const seconds = sourceSeconds.get(cluster)?.get(type) ?? 0
    const missing = Math.min(windowSeconds(window), overlapMs(window, away.get(`${cluster} ${type}`) ?? []) / 1000)
    return (seconds - missing) / windowSeconds(window)
  }
  return {
    by: (witnesses, clusters) => {
      const known = clusters.filter((name) => sourceSeconds.has(name))
      return witnesses.some((name) => {
        const [source = '', reporter] = name.split('/')
        const [type = ''] = source.split(':')
        // A caller's side is told in the caller's cluster, where that has such a source.
        const near = reporter === 'source' ? known.toReversed() : known
        const cluster = near.find((each) => sourceSeconds.get(each)?.has(type))
        return cluster !== undefined && share(cluster, type) >= least
      })
    },
  }
}
