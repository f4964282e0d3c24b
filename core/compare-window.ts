import type { Window } from './time'

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
