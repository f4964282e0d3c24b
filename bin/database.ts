import { connect } from 'node:net'
import { join } from 'node:path'
import { systemEvent } from '@/core/audit/event'
import { startEmbedded } from '@/server/db/embedded'
import { migrate } from '@/server/db/migrate'
import { createPool } from '@/server/db/pool'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import type { Config } from '@/server/env'
import { toError } from '@/server/errors'
import { log } from '@/server/log'
import { generateClient } from './build'
import { makeStateDir } from './state-dir'
import { step } from './steps'

export type OpenDatabase = { readonly url: string; stop(): Promise<void> }

/** The configured PostgreSQL, or the embedded one started; migrated. `stop` ends only what was started here. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const given = config.database.url
  const database = given ? { url: given, stop: async () => {} } : await openEmbedded(config)
  try {
    await step('Bringing the database up to date', async (progress) => {
      await generateClient()
      const applied: string[] = []
      await migrate(database.url, (name) => {
        applied.push(name)
        progress(name)
      })
      if (applied.length > 0) await auditMigrations(database.url, applied)
    })
  } catch (thrown) {
    await database.stop()
    throw thrown
  }
  return database
}

/** A database that does not take the event is no reason not to start. */
async function auditMigrations(url: string, applied: readonly string[]): Promise<void> {
  const pool = createPool(url, { max: 1, name: 'oriel migrate' })
  const target = applied.length === 1 ? '1 migration' : `${applied.length} migrations`
  await writeAuditEvent(pool, { ...systemEvent, action: 'database.migrated', target, after: applied })
    .catch((thrown: unknown) =>
      log.error({ applied, error: toError(thrown).message }, 'migrations are not in the audit'),
    )
    .finally(() => pool.end())
}

const watchMs = 5_000

/** The embedded PostgreSQL, started again on its port when it is found dead: whoever writes then goes on. */
async function openEmbedded(config: Config): Promise<OpenDatabase> {
  makeStateDir(config.stateDir)
  const begin = () => startEmbedded({ dir: join(config.stateDir, 'postgres'), log })
  let running = await step('Starting PostgreSQL', begin)
  let work = Promise.resolve()
  const look = async () => {
    if (await answers(running.url)) return
    console.error('PostgreSQL has ended; starting it again.')
    running = await begin()
  }
  const watch = setInterval(() => {
    work = work
      .then(look)
      .catch((thrown: unknown) => log.error({ error: toError(thrown).message }, 'PostgreSQL does not start'))
  }, watchMs)
  watch.unref()
  return {
    url: running.url,
    stop: async () => {
      clearInterval(watch)
      await work
      await running.stop()
    },
  }
}

/** Whether something listens there; a server that is only busy does. */
const answers = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.setTimeout(3_000, () => resolve(true))
    socket.once('close', () => socket.destroy())
    socket.once('connect', () => socket.end())
  })
