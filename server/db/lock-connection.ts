import pg from 'pg'

/** `lost` is aborted when the connection, and with it the lock, is gone. */
export type HeldLock = { readonly lost: AbortSignal; release(): Promise<void> }

const lock = `select pg_try_advisory_lock(hashtext('oriel jobs')) as held`

/** The lock of the one who runs the jobs, on a connection of its own; null while another holds it. */
export async function lockConnection(url: string): Promise<HeldLock | null> {
  const lost = new AbortController()
  const client = new pg.Client({
    connectionString: url,
    application_name: 'oriel jobs',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  await client.connect()
  const release = () => client.end().catch(() => {})
  try {
    const { rows } = await client.query<{ held: boolean }>(lock)
    if (rows[0]?.held) return { lost: lost.signal, release }
  } catch (error) {
    await release()
    throw error
  }
  await release()
  return null
}
