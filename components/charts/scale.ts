import type { Series } from '@/core/series/series'
import type { Window } from '@/core/time'

/** Values of one figure over time; null is unknown and is never drawn. */
export type Values = readonly (number | null)[]

/** The greatest known value, at least `least`. */
export const peak = (values: Values, least = 0): number =>
  values.reduce<number>((most, v) => Math.max(most, v ?? 0), least)

/** The newest known value. */
export const lastKnown = (values: Values): number | null => values.findLast((v) => v !== null) ?? null

/** Runs of consecutive known values as [first index, last index]. A run of one is kept: it is drawn as a dot. */
export function runsOf(values: Values): (readonly [number, number])[] {
  const runs: [number, number][] = []
  values.forEach((value, i) => {
    if (value === null) return
    const last = runs.at(-1)
    if (last && last[1] === i - 1) last[1] = i
    else runs.push([i, i])
  })
  return runs
}

/** The middle of a step as a share 0..1 of the window; of steps that reach beyond it, of what is within. */
export function stepMiddle(start: number, stepMs: number, { from, to }: Window): number {
  const within = (time: number) => Math.max(from, Math.min(to, time))
  return ((within(start) + within(start + stepMs)) / 2 - from) / (to - from)
}

/** Spans with lost data as shares 0..1 of the window, clipped to it; overlapping spans are joined. */
export function gapSpans(series: Pick<Series, 'window' | 'gaps'>): (readonly [number, number])[] {
  const { from, to } = series.window
  const spans = series.gaps
    .map(
      (gap) =>
        [Math.max(0, (gap.from - from) / (to - from)), Math.min(1, ((gap.to ?? to) - from) / (to - from))] as const,
    )
    .filter(([a, b]) => b > a)
    .sort((a, b) => a[0] - b[0])
  const joined: [number, number][] = []
  for (const [a, b] of spans) {
    const last = joined.at(-1)
    if (last && a <= last[1]) last[1] = Math.max(last[1], b)
    else joined.push([a, b])
  }
  return joined
}
