import pg from 'pg'
import { type Scope, scopeKey } from '@/core/scope'
import { log } from '@/server/log'
import { createLru, type Lru } from './names/lru'
import type { Connection, Pool } from './pool'
import { missingWallWords, readWall } from './read-missing-wall'
import { reader, wallSchema } from './wall-rules'

type ScopePairs = Extract<Scope, { readonly all: false }>

/** Scopes whose pools, with what is kept for each, are remembered of one database. */
const maxScopes = 64
const pools = new WeakMap<Pool, Lru<string, Pool>>()

/**
 * The same connections for one scope: every statement runs as the role that sees rows of its namespaces only
 * (wall-rules.ts), in a transaction that can only read. Equal scopes get the same object, so what is kept for a pool
 * is kept for a scope. Nothing outlives the transaction, so a pooler may hand connections on after each.
 */
export function walledPool(pool: Pool, scope: ScopePairs): Pool {
  const known = pools.get(pool) ?? createLru<string, Pool>(maxScopes)
  pools.set(pool, known)
  const key = scopeKey(scope)
  const found = known.get(key) ?? makePool(pool, enterText(scope))
  known.set(key, found)
  return found
}

function makePool(pool: Pool, enter: string): Pool {
  const connect = async (): Promise<Connection> => {
    const connection = await pool.connect()
    const { release } = connection
    try {
      if (await hasWall(pool, connection)) await connection.query(enter)
      else await connection.query('begin read only')
    } catch (thrown) {
      release(true)
      throw thrown
    }
    // The pool sets it anew for whoever comes next.
    connection.release = (failed) => {
      if (failed) release(failed)
      else connection.query('commit').then(() => release(), release)
    }
    return connection
  }
  return {
    connect,
    async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      const connection = await connect()
      try {
        // Extended, so that a text holds one statement, whatever was put into it.
        const single: pg.QueryConfig & { readonly queryMode: 'extended' } = { text, values, queryMode: 'extended' }
        return await connection.query<R>(single)
      } finally {
        connection.release()
      }
    },
  }
}

/** One round trip for all of it. */
const enterText = (scope: ScopePairs): string => `begin read only;
set local role ${reader};
select set_config('oriel.pairs', ${pg.escapeLiteral(pairsText(scope))}, true),
  set_config('search_path', '${wallSchema}, ' || current_setting('search_path'), true)`

/** A namespace has no `/`; the name of a cluster may. */
const pairsText = ({ pairs }: ScopePairs): string =>
  JSON.stringify(
    [...pairs]
      .map((pair) => [pair.slice(0, pair.lastIndexOf('/')), pair.slice(pair.lastIndexOf('/') + 1)])
      .filter(([, namespace]) => namespace !== ''),
  )

const askAgainMs = 60_000
const walls = new WeakMap<Pool, { readonly up: boolean; readonly at: number }>()

/** Once there, it is counted on: where it is taken away under a running process, scoped reads fail. */
async function hasWall(pool: Pool, connection: Connection): Promise<boolean> {
  const known = walls.get(pool)
  if (known && (known.up || Date.now() - known.at < askAgainMs)) return known.up
  const { entered, missing } = await readWall(connection)
  walls.set(pool, { up: entered, at: Date.now() })
  if (missing) log.warn(missingWallWords(missing))
  return entered
}
