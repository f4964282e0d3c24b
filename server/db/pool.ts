import pg from 'pg'
import { AppError, toError } from '@/server/errors'
import { log } from '@/server/log'

export type Connection = pg.PoolClient
/** Where one statement can run: a pool or one of its connections. */
export type Queryable = {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>
}
/** Connections of whoever opened them; a scoped read gets them behind the wall (wall.ts). */
export type Pool = Queryable & { connect(): Promise<Connection> }
/** As createPool opens them: who has it also ends it. */
export type OwnPool = pg.Pool

export type PoolOptions = {
  /** Connections at most; 8 by default. */
  readonly max?: number
  /** Statements that take longer are cancelled; 0, the default, is never. Set it where people wait. */
  readonly statementTimeoutMs?: number
  /** Shown in pg_stat_activity. */
  readonly name?: string
}

const int8 = 20
const timestamptz = 1184

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === int8) return Number
    if (format !== 'binary' && oid === timestamptz) return parseTime
    return pg.types.getTypeParser(oid, format ?? 'text')
  },
}

/** Text of a timestamptz as milliseconds, microseconds kept as fraction. */
function parseTime(text: string): number {
  const fraction = /\.\d{3}(\d{1,3})/.exec(text)?.[1]
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  return Date.parse(iso) + (fraction ? Number(`0.${fraction}`) : 0)
}

/**
 * Connections to PostgreSQL that come back by themselves after a restart of the server. int8 comes
 * as number (ask for `::text` where 2^53 can be passed), timestamptz as milliseconds.
 */
export function createPool(url: string, options: PoolOptions = {}): OwnPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 8,
    application_name: options.name ?? 'oriel',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: options.statementTimeoutMs ?? 0,
    types,
    // Compiling a query takes longer than any of ours runs; and 20 k edges are best grouped in one hash table. The
    // planner counts 8 kB of each sketch where it is 1, and would rather sort in three processes or spill to disk.
    onConnect: async (client: pg.ClientBase) => {
      await client.query(
        `set jit = off; set timezone = 'UTC'; set work_mem = '64MB'; set hash_mem_multiplier = 8; set enable_incremental_sort = off`,
      )
    },
  })
  pool.on('error', (error) => log.warn({ err: error.message }, 'a database connection was lost'))
  return pool
}

const retriableClasses = new Set(['08', '40', '53', '57', '55'])
const retriableErrnos = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])

/** True when the same call may succeed later: connection lost, server restarting, deadlock, out of connections. */
export function isRetriable(thrown: unknown): boolean {
  const error = toError(thrown)
  if (error instanceof AppError) return error.code === 'unavailable'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (retriableErrnos.has(code)) return true
  if (/^[0-9A-Z]{5}$/.test(code)) return retriableClasses.has(code.slice(0, 2))
  return /connection terminated|timeout exceeded when trying to connect|not queryable|connection error/i.test(
    error.message,
  )
}

/** What the database threw as AppError('unavailable') where trying again helps; anything else as it is. */
export function databaseError(thrown: unknown): Error {
  const error = toError(thrown)
  if (error instanceof AppError || !isRetriable(error)) return error
  return new AppError('unavailable', `The database did not answer (${error.message}); try again in a moment.`, {
    cause: error,
  })
}

/** Runs `work` in one transaction on one connection; rolls back when it throws. Throws what databaseError makes of it. */
export async function inTransaction<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  let connection: Connection
  try {
    connection = await pool.connect()
  } catch (thrown) {
    throw databaseError(thrown)
  }
  // A connection that dies between two statements reports it as an event; the next statement then fails.
  const ignore = () => {}
  connection.on('error', ignore)
  try {
    await connection.query('begin')
    const result = await work(connection)
    await connection.query('commit')
    connection.off('error', ignore)
    connection.release()
    return result
  } catch (thrown) {
    const clean = await connection.query('rollback').then(
      () => true,
      () => false,
    )
    connection.off('error', ignore)
    connection.release(!clean)
    throw databaseError(thrown)
  }
}
