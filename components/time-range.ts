import type { Window } from '@/core/time'
import { parseDuration } from '@/core/time-param'
import { readMoment } from './read-moment'

/** What the time picker offers, and how far back each looks. */
export const presets = [
  { last: '5m', label: 'last 5 min' },
  { last: '15m', label: 'last 15 min' },
  { last: '1h', label: 'last hour' },
  { last: '6h', label: 'last 6 hours' },
  { last: '24h', label: 'last 24 hours' },
  { last: '7d', label: 'last 7 days' },
  { last: '30d', label: 'last 30 days' },
] as const

export const defaultLast = '15m'

/** A range that ends now and moves with it, or one that stands still. */
export type TimeRange =
  | { readonly last: string; readonly from?: undefined; readonly to?: undefined }
  | { readonly last?: undefined; readonly from: number; readonly to: number }

/** The longest range that the API answers: 400 days. */
export const longestMs = 400 * 86_400_000

/** Milliseconds of `15m`, `6h`, `7d`; null where the text is not a span between a second and 400 days. */
export function parseLast(text: string): number | null {
  const ms = parseDuration(text)
  return ms !== null && ms <= longestMs ? ms : null
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const

/** A moving range of this length, as the URL writes it: `90s`, `15m`, `6h`; whole minutes from ten on. */
export function lastOf(ms: number): string {
  const length = ms < 600_000 ? Math.max(1_000, ms) : Math.round(ms / 60_000) * 60_000
  const [unit, size] = units.find(([, each]) => length % each === 0) ?? ['s', 1_000]
  return `${Math.round(length / size)}${unit}`
}

/** The span that a range means at a moment. */
export function windowAt(range: TimeRange, now: number): Window {
  if (range.last === undefined) return { from: range.from, to: range.to }
  return { from: now - (parseLast(range.last) ?? 900_000), to: now }
}

/** The window before or after, half overlapping; never beyond now. */
export function movedWindow(window: Window, direction: -1 | 1, now: number): Window {
  const length = window.to - window.from
  const to = Math.min(now, window.to + (direction * length) / 2)
  return { from: Math.round(to - length), to: Math.round(to) }
}

/** Why a typed range cannot be used, as a sentence; null where it can. */
export function rangeProblem(from: string, to: string, now: number): string | null {
  const start = readMoment(from, now)
  const end = readMoment(to, now)
  if (start === null) return 'Write the start as 14:10, yesterday 14:10 or 2026-11-23 14:10.'
  if (end === null) return 'Write the end as 14:36, now or 2026-11-23 14:36.'
  if (end <= start) return 'The end must be after the start.'
  if (end - start < 1000) return 'Choose at least one second.'
  if (end - start > longestMs) return 'Choose at most 400 days.'
  return null
}
