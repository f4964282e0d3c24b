import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { systemEvent } from '@/core/audit/event'
import { loginLink, makeLoginCode } from '@/server/auth/login-code'
import { localLoginIsOn } from '@/server/auth/local-login'
import { createPool, type Pool } from '@/server/db/pool'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import type { Config } from '@/server/env'
import { openDatabase } from './database'
import { checkStateIsThere } from './known-state'
import { applySettings, type SettingOptions } from './settings'

/**
 * Prints an address that logs a browser in as the local administrator, once, within an hour. Whoever can read the
 * database's password may do so, also where local logins are off.
 */
export async function printLoginLink(options: SettingOptions): Promise<void> {
  const config = applySettings(options)
  checkStateIsThere(config)
  const database = await openDatabase(config)
  try {
    await withPool(database.url, async (pool) => {
      if (!(await localLoginIsOn(pool)))
        console.error(
          'Local logins are off, since an administrator logs in by a provider. This link works all the same, once; its use is in the audit log.',
        )
      const url = options.port === undefined ? startedUrl(config) : consoleUrl(config)
      console.log(loginLink(url, await makeLoginCode(pool, true)))
      await writeAuditEvent(pool, {
        ...systemEvent,
        action: 'login-link.made',
        actor: { account: null, name: userName() },
        by: 'local',
        target: 'oriel login-link',
      })
    })
  } finally {
    await database.stop()
  }
}

/** What `oriel start` says about logging in: a link, or a one-time password where the console is opened elsewhere. */
export async function firstLogin(config: Config, databaseUrl: string): Promise<string> {
  const url = consoleUrl(config)
  writeFileSync(addressFile(config), url)
  return withPool(databaseUrl, async (pool) => {
    if (config.auth.adminPasswordFile !== undefined || !(await localLoginIsOn(pool))) return url
    const code = await makeLoginCode(pool, false)
    return isLocal(config)
      ? `${loginLink(url, code)}\n  The link logs one browser in, within an hour; “oriel login-link” prints another.`
      : `${url}/login\n  Log in with the one-time password ${code}, within an hour; “oriel login-link” prints a link.`
  })
}

async function withPool<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool(url, { max: 1, name: 'oriel login' })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

const isLocal = ({ web }: Config) => web.url === undefined

const addressFile = ({ stateDir }: Config) => join(stateDir, 'address')

/** Where `oriel start` last opened the console with this state folder: it may have been told another port. */
const startedUrl = (config: Config): string =>
  config.web.url === undefined && existsSync(addressFile(config))
    ? readFileSync(addressFile(config), 'utf8').trim()
    : consoleUrl(config)

/** Where people open the console. */
export const consoleUrl = ({ web }: Config): string =>
  web.url === undefined ? `http://localhost:${web.port}` : new URL(web.url).origin

/** Who runs this, as the machine knows them; a number in a container without names. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? ''}`
  }
}
