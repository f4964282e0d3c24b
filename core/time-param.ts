/** Windows that pages offer, shortest first. `last` takes any other duration too. */
export const windowPresets = ['5m', '15m', '1h', '6h', '24h', '7d', '30d'] as const
export type WindowPreset = (typeof windowPresets)[number]

const unitMs: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** Milliseconds of `90m`, `36h`, `7d` or `30s`; null where the text is no duration or is zero. Nine digits hold decades of seconds. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})([smhd])$/.exec(text)
  const ms = Number(match?.[1] ?? 0) * (unitMs.get(match?.[2] ?? '') ?? 0)
  return ms > 0 ? ms : null
}

/** A moment as `from` and `to` take it: milliseconds since the epoch or ISO 8601; null where it is neither. */
export function parseMoment(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
