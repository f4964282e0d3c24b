const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/

/** Seconds and nanoseconds of an RFC 3339 time; null where the text is none. */
export function parseTimestamp(text: string): { readonly seconds: number; readonly nanos: number } | null {
  const match = pattern.exec(text)
  if (!match) return null
  const ms = Date.parse(`${match[1]}${match[3]}`)
  if (Number.isNaN(ms)) return null
  return { seconds: ms / 1000, nanos: Number((match[2] ?? '').padEnd(9, '0')) }
}

/** Milliseconds since the epoch, fractions kept; NaN where the text is no time. */
export function timestampMs(text: string): number {
  const time = parseTimestamp(text)
  return time ? time.seconds * 1000 + time.nanos / 1e6 : Number.NaN
}

/** RFC 3339 with as many digits as protojson writes: none, 3, 6 or 9. '' where the time is out of range. */
export function nanosText(seconds: number, nanos: number): string {
  if (!(seconds >= 0 && seconds < 253_402_300_800 && nanos >= 0 && nanos < 1e9)) return ''
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  const digits = String(nanos)
    .padStart(9, '0')
    .replace(/(000){1,3}$/, '')
  return digits ? `${whole}.${digits}Z` : `${whole}Z`
}
