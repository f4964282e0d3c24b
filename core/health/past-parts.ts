import { floorTo, tierMs, type Window } from '../time'

/** A window is held against at least so much of the past: a day, so that the hours are mixed. */
const pastMs = tierMs['1d']
/** Trouble that fills less than half of the parts does not become usual. */
const parts = 3
const grid = tierMs['5m']
/** A shorter past says little; milliseconds. */
const leastMs = 600_000

/**
 * The past that a window is held against, in parts of one length: as long as the window and at least
 * a day, as far as there is data. Its end lies on whole five minutes, so that a window that moves is
 * held against the same past for a while. Empty where too little is known.
 */
export function pastParts({ from, to }: Window, firstData: number | null): readonly Window[] {
  const end = floorTo(from, grid)
  const start = Math.max(end - Math.max(pastMs, to - from), firstData ?? end)
  if (end - start < leastMs) return []
  const step = tierMs['10s']
  const cut = (part: number) => floorTo(start + ((end - start) * part) / parts, step)
  return Array.from({ length: parts }, (_, at) => ({ from: cut(at), to: cut(at + 1) }))
}
