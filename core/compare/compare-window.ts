import { floorTo, tierMs, type Window } from '../time'

/** What a window is compared with: the one just before, the same a day or a week earlier, or one that starts at a moment (milliseconds). */
export type Versus = 'previous' | 'day' | 'week' | number

const day = 86_400_000

/** Reads `previous`, `day`, `week` or milliseconds since the epoch; null where the text is neither. */
export function parseVersus(text: string): Versus | null {
  if (text === 'previous' || text === 'day' || text === 'week') return text
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** The window that is compared with, as long as the one asked for. */
export function versusWindow(window: Window, versus: Versus): Window {
  const length = window.to - window.from
  if (typeof versus === 'number') return { from: versus, to: versus + length }
  const back = versus === 'previous' ? length : versus === 'day' ? day : 7 * day
  return { from: window.from - back, to: window.to - back }
}

/** Less than this on either side of a moment says little. */
const leastMs = 30_000

/**
 * The time after a moment as a window, and the start of as much time before it (a `Versus`): as long as
 * `length` where so much has passed until `end`. null where too little has. Milliseconds.
 */
export function acrossMoment(
  at: number,
  length: number,
  end: number,
): { readonly window: Window; readonly versus: number } | null {
  const from = floorTo(at, tierMs['10s'])
  const span = floorTo(Math.min(length, end - from), tierMs['10s'])
  return span < leastMs ? null : { window: { from, to: from + span }, versus: from - span }
}
