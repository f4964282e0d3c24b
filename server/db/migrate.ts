import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { AppError, toError } from '@/server/errors'
import { log } from '@/server/log'
import { raiseWall } from './raise-wall'
import { loadSchemaEngine } from './schema-engine'
import { missingWallWords, readMissingWall } from './read-missing-wall'

const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
/** Any number, the same for all who migrate. */
const lockKey = 0x6f72_6965
const oldest = 150_000

/**
 * Brings the database to the newest schema with Prisma's own schema engine; a second call does
 * nothing, two at once take turns. `onStep` hears the name of each migration that was applied.
 * Throws AppError('unavailable') where the database cannot be reached, AppError('conflict') where it is not fit.
 */
export async function migrate(url: string, onStep: (name: string) => void = () => {}): Promise<void> {
  const lock = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'oriel migrate',
  })
  lock.on('error', () => {})
  await lock.connect().catch((cause: unknown) => {
    throw new AppError(
      'unavailable',
      `Cannot connect to the database: ${toError(cause).message}. Check DATABASE_URL.`,
      { cause },
    )
  })
  try {
    await checkVersion(lock)
    await lock.query('select pg_advisory_lock($1)', [lockKey])
    for (const name of await applyMigrations(url)) onStep(name)
    if (!(await raiseWall(lock))) log.warn(missingWallWords((await readMissingWall(lock)) ?? []))
  } finally {
    await lock.end()
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  if (Number(rows[0]?.server_version_num ?? 0) < oldest)
    throw new AppError('conflict', 'Oriel needs PostgreSQL 15 or newer; upgrade the server of DATABASE_URL.')
}

async function applyMigrations(url: string): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  const { SchemaEngine } = await loadSchemaEngine()
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool), pool))
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
  try {
    const migrationsList = await readMigrations()
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  } catch (cause) {
    throw new AppError(
      'conflict',
      `The database could not be migrated: ${toError(cause).message}\nOriel needs a database of its own, empty at first.`,
      { cause },
    )
  } finally {
    engine.free()
    await pool.end().catch(() => {})
  }
}

/** The adapter cuts a script at every semicolon, also inside comments and function bodies; PostgreSQL takes it whole, as one transaction. */
function wholeScripts(factory: PrismaPg, pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect()
      adapter.executeScript = async (script) => {
        await pool.query(script)
      }
      return adapter
    },
  }
}

async function readMigrations() {
  const names = (await readdir(migrationsDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const read = (path: string) => readFile(join(migrationsDir, path), 'utf8')
  return {
    baseDir: migrationsDir,
    shadowDbInitScript: '',
    lockfile: { path: './migration_lock.toml', content: await read('migration_lock.toml') },
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await read(join(path, 'migration.sql')) },
        },
      })),
    ),
  }
}
