import type { Pool } from '@/server/db/pool'
import { readMissingMigrations } from '@/server/db/read-missing-migrations'
import { database } from './database'
import { toError } from './errors'

/** Whether the process can answer, and what is missing where it cannot. */
export type Readiness = { readonly ready: boolean; readonly missing: readonly string[] }

const waitMs = 3_000

/** Asks the database, and whether its migrations are those that this version needs. A dead source does not make it unready. */
export async function readiness(
  pool: () => Pool = database,
  missingMigrations: (pool: Pool) => Promise<readonly string[]> = readMissingMigrations,
): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${waitMs / 1000} s`)), waitMs)
  })
  try {
    const names = await Promise.race([missingMigrations(pool()), late])
    return { ready: names.length === 0, missing: names.map((name) => `migration ${name}: run “oriel migrate”`) }
  } catch (thrown) {
    return { ready: false, missing: [`database: ${toError(thrown).message}`] }
  } finally {
    clearTimeout(timer)
  }
}
