import { join } from 'node:path'
import type { Config } from '@/server/env'
import { AppError } from '@/server/errors'
import { checkReach } from '@/server/reach'
import { buildRoles, buildWeb, root } from './build'
import { openDatabase } from './database'
import { applySettings, type SettingOptions } from './settings'

/** Runs the web role alone, in this process. It needs a database that is migrated. */
export async function web(options: SettingOptions): Promise<void> {
  const config = applySettings(options)
  checkReach(config)
  checkSharedSecret(config)
  process.env.ORIEL_HOST = config.web.host
  process.env.ORIEL_PORT = String(config.web.port)
  if (!config.database.url)
    console.error('No DATABASE_URL: this web role will look for the embedded database of “oriel start”.')
  process.env.ORIEL_NEXT_DIST = await buildWeb()
  const roles = join(root, await buildRoles())
  process.env.ORIEL_ANSWERS = join(roles, 'answers.mjs')
  await import(join(roles, 'web.mjs'))
}

/** Several web processes keep the same sessions, so a secret that each made by itself would end those of the others. */
function checkSharedSecret({ auth, database }: Config): void {
  if (auth.providers.length === 0 || !database.url || auth.secret !== undefined || auth.secretFile !== undefined) return
  throw new AppError(
    'invalid',
    'Oriel does not start: set auth.secretFile or ORIEL_AUTH_SECRET to at least 32 random bytes, the same for every web process; make them with “openssl rand -base64 48”.',
  )
}

/** Runs the collector role alone, in this process. */
export async function collect(options: SettingOptions): Promise<void> {
  applySettings(options)
  await import(join(root, await buildRoles(), 'collect.mjs'))
}

/** Brings the database up to date and ends. */
export async function migrateDatabase(options: SettingOptions): Promise<void> {
  const database = await openDatabase(applySettings(options))
  await database.stop()
}
