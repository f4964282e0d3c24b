import pino from 'pino'

export type Logger = pino.Logger

/** Structured logs on standard error, one JSON object a line; ORIEL_LOG sets the level. Fields that could hold a secret are cut. */
export const log: Logger = pino(
  {
    level: process.env.ORIEL_LOG ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.DATABASE_URL'], censor: '[cut]' },
  },
  pino.destination({ dest: 2, sync: true }),
)
