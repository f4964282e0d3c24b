/** Readers for JSON from the API server. None throws: what is not as expected reads as empty. */

export type Fields = Readonly<Record<string, unknown>>

const noFields: Fields = Object.freeze({})

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : noFields

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Text without control and direction characters, at most `max` long. */
export const text = (value: unknown, max = 253): string => (typeof value === 'string' ? clean(value.slice(0, max)) : '')

export const texts = (value: unknown, max = 253): string[] =>
  list(value)
    .map((item) => text(item, max))
    .filter(Boolean)

export const whole = (value: unknown): number | null => (Number.isInteger(value) ? (value as number) : null)

/** An RFC 3339 time in milliseconds; null where it is none. */
export function time(value: unknown): number | null {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(parsed) ? null : parsed
}

const maxLabels = 200

/** A map of texts without a prototype, so that no key can reach one. */
export function labels(value: unknown, allow: (key: string) => boolean = () => true): Record<string, string> {
  const kept: Record<string, string> = Object.create(null)
  const entries = Object.entries(fields(value)).filter(([key]) => allow(key))
  for (const [key, item] of entries.slice(0, maxLabels)) kept[text(key, 317)] = text(item, 1_000)
  return kept
}

// oxlint-disable-next-line no-control-regex -- control characters are what it removes
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g
const loneSurrogates = /\p{Surrogate}/gu
const clean = (value: string) => value.replace(unwanted, '').replace(loneSurrogates, '')

/** Any JSON value with all its texts cleaned; what lies deeper than `depth` is left out. */
export function json(value: unknown, depth = 32): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return null
  if (Array.isArray(value)) return value.map((item) => json(item, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), json(item, depth - 1)]))
}
