import { z } from 'zod'

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration such as 90s or 14d, as milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'write a duration such as 90s, 30m, 6h or 14d')
  .transform((text) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? 0))

/** A duration that is not nothing; `example`: what to write instead of 0. */
export const lasting = (example: string) =>
  duration.refine((ms) => ms > 0, `0 is no time; write a duration such as ${example}`)

/** true or false, also as the environment writes it. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1'),
])
