import { parseDuration } from '@/core/time-param'
import { currentZone, fieldsAt, momentOf, type Zone } from './zone'

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/
const days: Readonly<Record<string, number>> = { today: 0, yesterday: -1 }

/**
 * Reads a moment as people type it: `14:22` (today, or yesterday where that is still to come), `yesterday 14:00`,
 * `today`, `now`, `2h ago`, `2026-11-23 14:10`, ISO 8601, or milliseconds. In `zone` unless the text names its
 * own; null where it is no time.
 */
export function readMoment(text: string, now: number, zone: Zone = currentZone()): number | null {
  const words = text.trim().toLowerCase().split(/\s+/)
  const [first = '', second] = words
  if (words.length > 2)
    return words.length === 3 && words[2] === 'ago' ? ago(`${first}${second?.[0] ?? ''}`, now) : null
  if (second === 'ago') return ago(first, now)
  if (second === undefined) {
    if (first === 'now') return now
    if (/^\d{12,14}$/.test(first)) return Number(first)
    const today = atClock(now, 0, first, zone)
    if (today !== null) return today > now ? atClock(now, -1, first, zone) : today
  }
  const shift = Object.hasOwn(days, first) ? days[first] : undefined
  if (shift !== undefined) return atClock(now, shift, second ?? '0:00', zone)
  return readDate(text.trim(), zone)
}

function ago(text: string, now: number): number | null {
  const ms = parseDuration(text)
  return ms === null ? null : now - ms
}

/** A time of day, so many days from today. */
function atClock(now: number, shift: number, text: string, zone: Zone): number | null {
  const [, hours, minutes, seconds = '0'] = clock.exec(text) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const { year, month, day } = fieldsAt(now, zone)
  return momentOf(year, month, day + shift, Number(hours), Number(minutes), Number(seconds), zone)
}

const date = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i

function readDate(text: string, zone: Zone): number | null {
  const [, day, time = '00:00', offset = zone === 'utc' ? 'Z' : ''] = date.exec(text) ?? []
  if (day === undefined) return null
  const parsed = Date.parse(`${day}T${time}${offset.toUpperCase()}`)
  return Number.isNaN(parsed) ? null : parsed
}
