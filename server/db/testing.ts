import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { createPool, type OwnPool } from './pool'
import { administer, startTestServer } from './testing-server'

export type TestDatabase = { readonly url: string; readonly pool: OwnPool }

/**
 * A fresh, migrated database for one test file, dropped at its end. Call it at the top of the file;
 * use what it returns inside tests only. Fails the file when a connection is left open.
 */
export function testDatabase(): TestDatabase {
  const name = `t_${randomBytes(6).toString('hex')}`
  let server = ''
  let pool: OwnPool | undefined

  beforeAll(async () => {
    server = await startTestServer(inject('databaseDir'))
    await administer(server, `create database ${name} template template_oriel`)
    pool = createPool(urlOf(server, name), { name: 'test' })
  })

  afterAll(async () => {
    await pool?.end()
    if (!server) return
    const left = await leftConnections(server, name)
    await administer(server, `drop database ${name} (force)`)
    if (left.length > 0) throw new Error(`connections left open: ${left.join(', ')}`)
  })

  return {
    get url() {
      return urlOf(server, name)
    },
    get pool() {
      if (!pool) throw new Error('the test database exists inside tests only')
      return pool
    },
  }
}

const urlOf = (server: string, name: string) => server.replace(/oriel$/, name)

/** Connections that are still there a second after the pool ended; ending is not waited for by the server. */
async function leftConnections(server: string, name: string): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const rows = await administer<{ app: string }>(
      server,
      `select application_name || ': ' || left(query, 80) as app from pg_stat_activity where datname = '${name}' and backend_type = 'client backend'`,
    )
    if (rows.length === 0 || attempt === 20) return rows.map((row) => row.app)
    await new Promise((done) => setTimeout(done, 50))
  }
}
