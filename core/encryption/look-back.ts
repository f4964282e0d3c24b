import { floorTo, tierMs, type Window } from '../time'

/** How far back readiness looks, milliseconds: rare callers call in a month. */
export const lookBackMs = 30 * tierMs['1d']

/** How old what lies before each cut is, and the grid that the cut lies on, so that a window that moves on is cut alike for a while. */
const cuts = [
  [tierMs['1h'], tierMs['5m']],
  [tierMs['6h'], tierMs['1h']],
  [tierMs['1d'], tierMs['1h']],
  [3 * tierMs['1d'], tierMs['6h']],
  [7 * tierMs['1d'], tierMs['1d']],
  [14 * tierMs['1d'], tierMs['1d']],
] as const

/**
 * A month up to the end of a window (more where the window is longer) in parts that adjoin, newest first and the
 * longer the older, as far as there is data. Seven at most, and each lies on the coarse tiers.
 */
export function lookBack(window: Window, firstData: number | null): readonly Window[] {
  const to = window.to
  const oldest = floorTo(Math.max(Math.min(to - lookBackMs, window.from), firstData ?? window.from), tierMs['10s'])
  const ends = [to, ...cuts.map(([age, grid]) => floorTo(to - age, grid))].filter((end) => end > oldest)
  return ends.map((end, at) => ({ from: ends[at + 1] ?? Math.min(oldest, end), to: end }))
}
