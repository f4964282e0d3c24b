import { createPool, type OwnPool, type Pool } from '@/server/db/pool'
import { walledPool } from '@/server/db/wall'
import { env } from './env'
import { AppError } from './errors'
import { processWide } from './process-wide'
import { wallScope } from './wall'

/** Longer than any answer takes that somebody still waits for (server/http.ts). */
const statementTimeoutMs = 30_000

/** Where the database is. Throws AppError('unavailable') where nobody said. */
export function databaseUrl(): string {
  const { url } = env().database
  if (!url)
    throw new AppError(
      'unavailable',
      'No database is configured. Set DATABASE_URL, or run everything with “oriel start”.',
    )
  return url
}

/** The web process's connections; within a scoped load, behind the wall of its scope. */
export function database(): Pool {
  const scope = wallScope()
  return scope.all ? ownDatabase() : walledPool(ownDatabase(), scope)
}

/** The connections themselves, to count and to end them. */
export const ownDatabase = (): OwnPool =>
  processWide('database', () =>
    createPool(databaseUrl(), { max: env().database.connections, statementTimeoutMs, name: 'oriel-web' }),
  )
