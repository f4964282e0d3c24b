import pino from 'pino'
import { withoutSecrets } from '@/core/audit/redact'

export type Logger = pino.Logger

/** What JSON leaves as it is and a terminal or an editor acts on: C1 controls, bidirectional and zero-width characters. */
const unseen = /[\u007f-\u009f]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/gu
const out = pino.destination({ dest: 2, sync: true })

/** A line of JSON with what is unseen written as its escape, which is the same JSON. */
export const visibleLine = (line: string): string =>
  line.replace(unseen, (char) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  )

/** Errors of others tell addresses with their passwords, also in stacks. */
export const fieldsWithoutSecrets = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? withoutSecrets(value) : value]),
  )

/** Structured logs on standard error, one JSON object a line; ORIEL_LOG sets the level. Fields that could hold a secret are cut. */
export const log: Logger = pino(
  {
    level: process.env.ORIEL_LOG ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: fieldsWithoutSecrets },
    redact: { paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.DATABASE_URL'], censor: '[cut]' },
  },
  { write: (line: string) => out.write(visibleLine(line)) },
)
