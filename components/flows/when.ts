import { formatDateTime, needsDate } from '../format'

/** How the times of records are written. */
export const zones = ['local', 'utc'] as const
export type Zone = (typeof zones)[number]

/** Whether a moment lies on another day than now, in the zone that it is written in. */
export const isOtherDay = (time: number, zone: Zone, now = Date.now()): boolean =>
  zone === 'local' ? needsDate(time, now) : iso(time).slice(0, 10) !== iso(now).slice(0, 10)

/** `14:22:07.123`, with its date where that is not today; `withDate` writes it always. */
export function recordTime(time: number, zone: Zone, withDate = isOtherDay(time, zone)): string {
  const text = zone === 'local' ? formatDateTime(time, 'ms') : iso(time)
  return withDate ? text : text.slice(11)
}

const iso = (time: number): string => {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('T', ' ').replace('Z', '')
}
