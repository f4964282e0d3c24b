import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { log } from '@/server/log'
import { startEmbedded } from './embedded'
import { withFolderLock } from './folder-lock'
import { migrate } from './migrate'

/** Durability and memory that tests need none of. */
const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '64MB' }

/** Starts the PostgreSQL of this test run, once for all workers, with a migrated database `template_oriel`. Returns its URL. */
export async function startTestServer(dir: string): Promise<string> {
  await chmod(dir, 0o755)
  return withFolderLock(join(dir, 'test.lock'), async () => {
    const ready = await readFile(join(dir, 'url'), 'utf8').catch(() => null)
    if (ready) return ready
    log.level = 'silent'
    const { url } = await startEmbedded({ dir: join(dir, 'pg'), log, settings })
    await administer(url, 'create database template_oriel')
    await migrate(url.replace(/oriel$/, 'template_oriel'))
    await writeFile(join(dir, 'url'), url, { mode: 0o600 })
    return url
  })
}

/** Stops it, where it was started. */
export async function stopTestServer(dir: string): Promise<void> {
  if (!(await stat(join(dir, 'pg')).catch(() => null))) return
  await readFile(join(dir, 'url'), 'utf8').catch(() => '')
  log.level = 'silent'
  // The worker that started it is gone, so taking it up again makes it ours to stop.
  const server = await startEmbedded({ dir: join(dir, 'pg'), log, settings })
  await server.stop()
}

/** One statement on the server's own database. */
export async function administer<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<R>(statement)).rows
  } finally {
    await client.end()
  }
}
