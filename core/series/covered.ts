import type { GapCause } from '../observation'
import type { Window } from '../time'
import type { Reporter } from '../verdict'
import type { Cover, EdgeCover, SourceFreshness, SourceGap, World } from '../world'

/** Causes that leave nothing of a source; the others thin its data out and are shown beside it. */
const silencing: ReadonlySet<GapCause> = new Set(['source_down', 'collector_down'])

/** Is this a span in which nothing at all came from its source? */
export const isSilent = (gap: Pick<SourceGap, 'part' | 'cause'>): boolean => gap.part === '' && silencing.has(gap.cause)

/**
 * Spans of the window in which no source told anything, merged and in order. With several sources a
 * time is silent only where all of them are; `sources` is how many there are (those of the gaps at least).
 */
export function silentSpans(window: Window, gaps: readonly SourceGap[], sources = 1): readonly Window[] {
  const bySource = new Map<string, SourceGap[]>()
  for (const gap of gaps.filter(isSilent)) {
    const own = bySource.get(gap.source)
    if (own) own.push(gap)
    else bySource.set(gap.source, [gap])
  }
  if (bySource.size === 0 || bySource.size < sources) return []
  let common: readonly Window[] = [window]
  for (const own of bySource.values()) common = intersect(common, union(own, window))
  return common
}

/**
 * Seconds of the window that have data: less the silent spans and the time before the first data
 * (`firstData` in milliseconds; null where there never was any: nothing is covered).
 */
export function coveredSeconds(
  window: Window,
  gaps: readonly SourceGap[],
  firstData: number | null,
  sources = 1,
): number {
  if (firstData === null || firstData >= window.to) return 0
  const known = { from: Math.max(window.from, firstData), to: window.to }
  return (known.to - known.from - lengthOf(silentSpans(known, gaps, sources))) / 1000
}

/** The part of a window that these sources can have told of: what is newer than the newest event of all may have yet to come in, unless one of them says that nothing happened. All of it without sources (a recording). */
export function toldPart(window: Window, sources: readonly Pick<SourceFreshness, 'toldUntil'>[]): Window {
  const newest = Math.max(...sources.map(({ toldUntil }) => toldUntil ?? Number.NEGATIVE_INFINITY))
  if (newest === Number.NEGATIVE_INFINITY) return window
  return { from: window.from, to: Math.max(window.from, Math.min(window.to, newest)) }
}

/** Covered seconds of each cluster that has sources, by those alone: one that is down or late must not thin out the others' rates. */
export function secondsByCluster(
  window: Window,
  gaps: readonly SourceGap[],
  firstData: number | null,
  sources: readonly Pick<SourceFreshness, 'cluster' | 'toldUntil'>[],
): ReadonlyMap<string, number> {
  const secondsOf = (cluster: string): number => {
    const own = sources.filter((source) => source.cluster === cluster)
    const theirs = gaps.filter((gap) => gap.cluster === cluster)
    return coveredSeconds(toldPart(window, own), theirs, firstData, own.length)
  }
  return new Map([...new Set(sources.map(({ cluster }) => cluster))].map((name) => [name, secondsOf(name)]))
}

/**
 * Seconds of the window that each type of source told of, by cluster: less its silent spans, the time
 * before its first event and what has yet to come in. Of several instances of a type the one that told longest.
 */
export function secondsBySource(
  window: Window,
  gaps: readonly SourceGap[],
  sources: readonly Pick<SourceFreshness, 'id' | 'cluster' | 'type' | 'firstEventAt' | 'toldUntil'>[],
): ReadonlyMap<string, Cover> {
  const clusters = new Map<string, Map<string, number>>()
  for (const source of sources) {
    const { id, cluster, type, firstEventAt } = source
    const own = gaps.filter((gap) => gap.source === id)
    const seconds = coveredSeconds(toldPart(window, [source]), own, firstEventAt)
    const types = clusters.get(cluster) ?? new Map<string, number>()
    clusters.set(cluster, types.set(type, Math.max(seconds, types.get(type) ?? 0)))
  }
  return clusters
}

/** What fuse must know of the sources of an edge; null where nothing is known of them. */
export const coverOf = (
  { sourceSeconds }: Pick<World, 'sourceSeconds'>,
  edge: { readonly from: { readonly cluster: string }; readonly to: { readonly cluster: string } },
): EdgeCover | null => {
  const from = sourceSeconds.get(edge.from.cluster) ?? null
  const to = edge.to.cluster === edge.from.cluster ? from : (sourceSeconds.get(edge.to.cluster) ?? null)
  return from || to ? { from, to } : null
}

/**
 * Seconds that a witness told of an edge: those of its source in the cluster that it stands in, a caller's side in
 * the caller's, every other in the callee's. Where no such source is there, one of the other cluster told both
 * sides; of a witness on neither side, the longer. Infinity where nobody knows.
 */
export function secondsTold(cover: EdgeCover | null, transport: string, reporter: Reporter): number {
  const from = cover?.from?.get(transport)
  const to = cover?.to?.get(transport)
  if (reporter === 'unknown') return from === undefined && to === undefined ? Infinity : Math.max(from ?? 0, to ?? 0)
  return (reporter === 'source' ? (from ?? to) : (to ?? from)) ?? Infinity
}

/** Covered seconds of the first of these clusters that has sources, else of the whole World. For an edge: where it goes, then where it comes from. */
export function secondsOf(
  { clusterSeconds, coveredSeconds }: Pick<World, 'clusterSeconds' | 'coveredSeconds'>,
  cluster: string,
  other = '',
): number {
  return clusterSeconds.get(cluster) ?? clusterSeconds.get(other) ?? coveredSeconds
}

export const lengthOf = (spans: readonly Window[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0)

/** Milliseconds that a window and spans (apart from each other) have in common. */
export const overlapMs = (window: Window, spans: readonly Window[]): number => lengthOf(intersect([window], spans))

function union(gaps: readonly SourceGap[], window: Window): readonly Window[] {
  const spans: { from: number; to: number }[] = []
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    const from = Math.max(window.from, gap.from)
    const to = Math.min(window.to, gap.to ?? window.to)
    if (to <= from) continue
    const last = spans.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else spans.push({ from, to })
  }
  return spans
}

function intersect(a: readonly Window[], b: readonly Window[]): readonly Window[] {
  return a.flatMap((x) =>
    b.map((y) => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) })).filter(({ from, to }) => to > from),
  )
}
