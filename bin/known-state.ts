import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@/server/env'
import { AppError } from '@/server/errors'

/**
 * For commands that ask an Oriel which ran before: a mistyped folder is not to become a new one. Makes nothing. Throws
 * AppError('not_found') where the embedded database is meant and there is none.
 */
export function checkStateIsThere({ stateDir, database }: Pick<Config, 'stateDir' | 'database'>): void {
  if (database.url !== undefined || existsSync(join(stateDir, 'postgres'))) return
  throw new AppError(
    'not_found',
    `There is no Oriel in ${stateDir}. Give the state folder that it was started with by --state-dir (or ORIEL_STATE_DIR, or stateDir of the file that --config names), or its PostgreSQL by DATABASE_URL; “oriel start” makes a new one.`,
  )
}
