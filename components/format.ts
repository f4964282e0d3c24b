import { endpointLabel, type Endpoint } from '@/core/endpoint'
import { currentZone, fieldsAt } from './zone'

/** Between a figure and its unit, so that no line ends between them. */
export const hard = '\u00a0'

/** A sentence that others wrote, its figures kept with their units: `20 min`, `5 %`. */
export const bound = (sentence: string): string => sentence.replace(/(\d) (?=%|(?:ms|s|min|h|d)\b)/g, `$1${hard}`)

/** What is shown where a figure is unknown; `spokenUnknown` is what a screen reader says instead. */
export const dash = '–'
export const spokenUnknown = 'unknown'

type Maybe = number | null | undefined

const known = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value)

/** Three significant digits below 1000, thousands grouped with a comma above: the same in every locale. */
function digits(value: number): string {
  const abs = Math.abs(value)
  if (abs === 0) return '0'
  if (abs < 0.01) return value < 0 ? `>${hard}−0.01` : `<${hard}0.01`
  const places = abs < 0.995 ? 2 : abs < 99.95 ? 1 : 0
  return sign(value, group(trim(Math.abs(value).toFixed(places))))
}

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
const group = (text: string) => text.replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ',')
const sign = (value: number, text: string) => (value < 0 && text !== '0' ? `−${text}` : text)

/** Events a second: `17.6/s`, `1.2 k/s`, `0.3/min` for what happens less than once in a hundred seconds. */
export function formatRate(perSecond: Maybe): string {
  if (!known(perSecond)) return dash
  if (perSecond > 0 && perSecond < 0.01) {
    const perMinute = perSecond * 60
    return perMinute < 0.1 ? `<${hard}0.1/min` : `${digits(perMinute)}/min`
  }
  return `${scaled(perSecond)}/s`
}

/** A ratio 0..1 as `6.1 %`. What is not zero is never written as 0 %, what is not all never as 100 %. */
export function formatPercent(ratio: Maybe): string {
  if (!known(ratio)) return dash
  const percent = ratio * 100
  if (percent > 0 && percent < 0.05) return `<${hard}0.1${hard}%`
  if (percent < 100 && percent >= 99.95) return `>${hard}99.9${hard}%`
  return `${trim(percent.toFixed(percent < 99.95 ? 1 : 0))}${hard}%`
}

/** Milliseconds as people say them: `0.4 ms`, `84 ms`, `1.9 s`, `2.5 min`. */
export function formatMs(ms: Maybe): string {
  if (!known(ms)) return dash
  if (ms < 999.5) return ms > 0 && ms < 0.1 ? `<${hard}0.1${hard}ms` : `${trim(ms.toFixed(ms < 9.95 ? 1 : 0))}${hard}ms`
  if (ms < 99_950) return `${trim((ms / 1000).toFixed(ms < 9950 ? 1 : 0))}${hard}s`
  return formatDuration(ms)
}

/** A whole count, grouped: `1,204`. */
export const formatCount = (count: Maybe): string =>
  known(count) ? sign(count, group(String(Math.round(Math.abs(count))))) : dash

/** A count where room is short: `980`, `12.4 k`, `3.1 M`. */
export const formatShort = (count: Maybe): string => (known(count) ? scaled(count) : dash)

function scaled(value: number): string {
  const abs = Math.abs(value)
  if (abs >= 999_500_000) return `${digits(value / 1e9)}${hard}G`
  if (abs >= 999_500) return `${digits(value / 1e6)}${hard}M`
  if (abs >= 9_995) return `${digits(value / 1e3)}${hard}k`
  return digits(value)
}

/** Bytes in decimal units: `840 B`, `3.1 kB`, `2 GB`. */
export function formatBytes(bytes: Maybe): string {
  if (!known(bytes)) return dash
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${digits(value)}${hard}${units[unit]}`
}

/** Bytes a second: `640 B/s`, `12.4 kB/s`. */
export const formatBytesRate = (perSecond: Maybe): string => (known(perSecond) ? `${formatBytes(perSecond)}/s` : dash)

/** The largest two units: `45 s`, `14 min`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: Maybe): string {
  if (!known(ms)) return dash
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds}${hard}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}${hard}min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return two(hours, 'h', minutes % 60, 'min')
  const roundedHours = Math.round(minutes / 60)
  return two(Math.floor(roundedHours / 24), 'd', roundedHours % 24, 'h')
}

const two = (a: number, unitA: string, b: number, unitB: string) =>
  b ? `${a}${hard}${unitA} ${b}${hard}${unitB}` : `${a}${hard}${unitA}`

/** `3 s ago`, `in 2 min`, `now`. */
export function formatAgo(time: Maybe, now: number): string {
  if (!known(time)) return dash
  const ms = now - time
  if (Math.abs(ms) < 1000) return 'now'
  return ms > 0 ? `${formatDuration(ms)} ago` : `in ${formatDuration(ms)}`
}

/** A change against a previous figure: `+12 %`, `−1 %`, `±0 %`, `new` from zero; a dash where either is unknown. */
export function formatChange(now: Maybe, before: Maybe): string {
  if (!known(now) || !known(before)) return dash
  if (before === 0) return now === 0 ? `±0${hard}%` : 'new'
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return `±0${hard}%`
  if (percent > 999) return `×${scaled(now / before)}`
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent)}${hard}%`
}

const pad = (n: number, width = 2) => String(n).padStart(width, '0')

/** Time of day in the viewer's zone (components/zone.ts), `14:22:07`; with milliseconds where records are told apart by them. */
export function formatTime(time: Maybe, precision: 'min' | 's' | 'ms' = 's'): string {
  if (!known(time)) return dash
  const at = fieldsAt(time, currentZone())
  const minutes = `${pad(at.hours)}:${pad(at.minutes)}`
  if (precision === 'min') return minutes
  const seconds = `${minutes}:${pad(at.seconds)}`
  return precision === 's' ? seconds : `${seconds}.${pad(at.ms, 3)}`
}

/** Local date and time, `2026-11-23 14:22:07`. */
export function formatDateTime(time: Maybe, precision: 'min' | 's' | 'ms' = 's'): string {
  if (!known(time)) return dash
  const { year, month, day } = fieldsAt(time, currentZone())
  return `${year}-${pad(month)}-${pad(day)} ${formatTime(time, precision)}`
}

/** Whether a moment lies on another local day than now, so that its time alone would mislead. */
export const needsDate = (time: number, now = Date.now()): boolean =>
  formatDateTime(time).slice(0, 10) !== formatDateTime(now).slice(0, 10)

/** Local time of day, with its date where that is not today. */
export function formatWhen(time: Maybe, precision: 'min' | 's' | 'ms' = 's', now = Date.now()): string {
  return known(time) && needsDate(time, now) ? formatDateTime(time, precision) : formatTime(time, precision)
}

/** A span in local time; dates only where the days differ or lie in the past: `14:10 – 14:36`. */
export function formatSpan(from: number, to: number, now: number): string {
  const day = (time: number) => formatDateTime(time).slice(0, 10)
  if (day(from) === day(to)) {
    const [first, last] = [formatTime(from, 'min'), formatTime(to, 'min')]
    const times = first === last ? first : `${first} – ${last}`
    return day(from) === day(now) ? times : `${day(from)} ${times}`
  }
  return `${formatDateTime(from, 'min')} – ${formatDateTime(to, 'min')}`
}

/** `shop/cart:8080`, and `[fd00::1]:53` for an address with colons. */
export function formatPort(endpoint: Endpoint, port: number): string {
  const label = endpointLabel(endpoint)
  if (port === 0) return label
  return label.includes(':') ? `[${label}]:${port}` : `${label}:${port}`
}

/** Cuts the middle of a long name, so that its start and its distinguishing end both stay. */
export function middleTruncate(text: string, max: number): string {
  const chars = Array.from(text)
  if (chars.length <= max) return text
  const end = Math.floor((max - 1) / 2)
  return `${chars.slice(0, max - 1 - end).join('')}…${chars.slice(chars.length - end).join('')}`
}

/** Where an endpoint is: its namespace; a machine of the cluster has none, and all others are outside. */
export const placeWord = ({ namespace, kind }: Pick<Endpoint, 'namespace' | 'kind'>): string =>
  namespace || (kind === 'Node' ? 'no namespace' : 'outside')

/** `1 caller`, `3 callers`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
