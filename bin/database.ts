import { join } from 'node:path'
import { startEmbedded } from '@/server/db/embedded'
import { migrate } from '@/server/db/migrate'
import type { Config } from '@/server/env'
import { log } from '@/server/log'
import { generateClient } from './build'
import { step } from './steps'

export type OpenDatabase = { readonly url: string; stop(): Promise<void> }

/** The configured PostgreSQL, or the embedded one started; migrated. `stop` ends only what was started here. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const given = config.database.url
  const database = given
    ? { url: given, stop: async () => {} }
    : await step('Starting PostgreSQL', () => startEmbedded({ dir: join(config.stateDir, 'postgres'), log }))
  try {
    await step('Bringing the database up to date', async (progress) => {
      await generateClient()
      await migrate(database.url, progress)
    })
  } catch (thrown) {
    await database.stop()
    throw thrown
  }
  return database
}
