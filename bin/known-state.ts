import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@/server/env'
import { AppError } from '@/server/errors'

type State = Pick<Config, 'stateDir' | 'database'>

const isThere = ({ stateDir, database }: State): boolean =>
  database.url !== undefined || existsSync(join(stateDir, 'postgres'))

/** For commands that may come before a first start: says where the embedded database will be a new one. Makes nothing. */
export function sayWhereNew(config: State): void {
  if (isThere(config)) return
  console.error(
    `There is no Oriel in ${config.stateDir} yet: a new one is made there, and “oriel start” with the same state folder shows it. If you meant another, give that by --state-dir.`,
  )
}

/**
 * For commands that ask an Oriel which ran before: a mistyped folder is not to become a new one. Makes nothing. Throws
 * AppError('not_found') where the embedded database is meant and there is none.
 */
export function checkStateIsThere(config: State): void {
  if (isThere(config)) return
  throw new AppError(
    'not_found',
    `There is no Oriel in ${config.stateDir}. Give the state folder that it was started with by --state-dir (or ORIEL_STATE_DIR, or stateDir of the file that --config names), or its PostgreSQL by DATABASE_URL; “oriel start” makes a new one.`,
  )
}
