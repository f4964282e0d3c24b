import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { AppError, toError } from '@/server/errors'
import type { Logger } from '@/server/log'
import { withFolderLock, processLives } from './folder-lock'
import { chooseUser, execute, findBinaries, type Binaries, type RunAs } from './postgres-binaries'

export type EmbeddedOptions = {
  /** Folder that holds everything: data, log, password. Created when missing. */
  readonly dir: string
  readonly log: Logger
  /** Further server settings, for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

/** `stop` ends the server, unless another process was using it first. */
export type Embedded = { readonly url: string; stop(): Promise<void> }

/** Small enough for a laptop (under 250 MB resident), and fast for ten thousand edges. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  jit: 'off',
  io_method: 'sync',
  log_min_messages: 'warning',
  // Rows of strangers must not get into the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/**
 * Starts PostgreSQL from npm's binaries on a loopback port, or takes up the one that already runs
 * from this folder. The server outlives a killed parent, and the next start adopts it. Throws
 * AppError('unavailable') with what to do.
 */
export async function startEmbedded({ dir: given, log, settings: more = {} }: EmbeddedOptions): Promise<Embedded> {
  const dir = resolve(given)
  await mkdir(dir, { recursive: true })
  return withFolderLock(join(dir, 'start.lock'), async () => {
    const binaries = await findBinaries()
    const as = await chooseUser()
    const data = join(dir, 'data')
    await ownFolder(data, as)
    await checkReach(binaries, data, as)
    const password = await readPassword(dir)
    if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries, dir, password, as, log)
    const urlOf = (port: number) => `postgresql://oriel:${password}@127.0.0.1:${port}/oriel`

    const running = await runningPort(data)
    if (running !== null && (await answers(urlOf(running).replace(/oriel$/, 'postgres')))) {
      const owner = await readOwner(dir)
      const guest = owner !== null && owner !== process.pid && processLives(owner)
      log.info(
        { port: running },
        guest ? 'using the embedded PostgreSQL of another Oriel' : 'embedded PostgreSQL was still running',
      )
      if (!guest) await writeOwner(dir)
      await ensureDatabase(urlOf(running))
      return { url: urlOf(running), stop: async () => (guest ? undefined : stopServer(binaries, data, as)) }
    }
    const port = await choosePort(dir)
    await start(binaries, data, port, { ...settings, ...more }, as)
    await writeFile(join(dir, 'port'), `${port}\n`)
    await writeOwner(dir)
    await ensureDatabase(urlOf(port))
    log.info({ port }, 'embedded PostgreSQL is ready')
    return { url: urlOf(port), stop: () => stopServer(binaries, data, as) }
  })
}

async function ownFolder(data: string, as: RunAs): Promise<void> {
  await mkdir(data, { recursive: true })
  await chmod(data, 0o700)
  if (as.uid !== undefined && as.gid !== undefined) await chown(data, as.uid, as.gid)
}

/** The server's user must get through every folder above its data and its binaries; root's home, for one, is closed to it. */
async function checkReach(binaries: Binaries, data: string, as: RunAs): Promise<void> {
  const folder = await execute('/bin/sh', ['-c', 'test -w "$0" && test -x "$0"', data], as)
  if (folder.code !== 0)
    throw new AppError(
      'unavailable',
      `The user that runs PostgreSQL (uid ${as.uid ?? process.getuid?.()}) cannot reach ${data}. Choose another state folder (ORIEL_STATE_DIR) or set DATABASE_URL.`,
    )
  const binary = await execute(binaries.postgres, ['--version'], as).catch((error: unknown) => ({
    code: 1,
    output: toError(error).message,
  }))
  if (binary.code !== 0)
    throw new AppError(
      'unavailable',
      `The user that runs PostgreSQL (uid ${as.uid ?? process.getuid?.()}) cannot run ${binaries.postgres}: ${binary.output.trim()} Install Oriel in a folder that others can read, run as another user, or set DATABASE_URL.`,
    )
}

async function readPassword(dir: string): Promise<string> {
  const path = join(dir, 'password')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.trim()) return known.trim()
  const password = randomBytes(24).toString('hex')
  await writeFile(path, `${password}\n`, { mode: 0o600 })
  return password
}

async function initialise(binaries: Binaries, dir: string, password: string, as: RunAs, log: Logger): Promise<void> {
  log.info({ dir }, 'creating the embedded PostgreSQL')
  const data = join(dir, 'data')
  // What a killed first start left behind is no database.
  await rm(data, { recursive: true, force: true })
  await ownFolder(data, as)
  const passwordFile = join(dir, 'password.first')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (as.uid !== undefined && as.gid !== undefined) await chown(passwordFile, as.uid, as.gid)
  try {
    const args = [
      `--pgdata=${data}`,
      '--username=oriel',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]
    const result = await execute(binaries.initdb, args, as)
    if (result.code === 0) return
    await rm(data, { recursive: true, force: true })
    throw new AppError('unavailable', `PostgreSQL could not create its files in ${data}: ${result.output.trim()}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function start(
  binaries: Binaries,
  data: string,
  port: number,
  all: Readonly<Record<string, string>>,
  as: RunAs,
): Promise<void> {
  const logFile = join(data, 'server.log')
  const size = await stat(logFile).then(
    (file) => file.size,
    () => 0,
  )
  if (size > 10_000_000) await truncate(logFile)
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`)
  const args = ['-D', data, '-w', '-t', '120', '-s', '-l', logFile, '-o', `-p ${port} ${options.join(' ')}`, 'start']
  // After a kill -9 the old server's children may hold its shared memory for a moment.
  for (let attempt = 1; ; attempt++) {
    const result = await execute(binaries.pg_ctl, args, as)
    if (result.code === 0) return
    if (attempt === 5) {
      const lines = await readFile(logFile, 'utf8').catch(() => '')
      throw new AppError(
        'unavailable',
        `PostgreSQL did not start: ${lines.trim().split('\n').slice(-5).join(' ') || result.output}. Its log is ${logFile}.`,
      )
    }
    await forgetDeadServer(data)
    await new Promise((done) => setTimeout(done, 300 * attempt))
  }
}

/** The process id in postmaster.pid may be another program's by now; PostgreSQL then refuses to start for nothing. */
async function forgetDeadServer(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null)
  if (name !== null && name.trim() !== 'postgres') await rm(file, { force: true })
}

async function stopServer(binaries: Binaries, data: string, as: RunAs): Promise<void> {
  const result = await execute(binaries.pg_ctl, ['-D', data, '-m', 'fast', '-w', '-t', '60', '-s', 'stop'], as)
  if (result.code !== 0 && (await runningPort(data)) !== null)
    throw new AppError('internal', `PostgreSQL did not stop: ${result.output.trim()}`)
}

/** The port in postmaster.pid while its process lives, else null. */
async function runningPort(data: string): Promise<number | null> {
  const [pid, , , port] = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return pid && port && processLives(Number(pid)) ? Number(port) : null
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/oriel$/, 'postgres') })
  await client.connect()
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'oriel'`)
    if (found.rowCount === 0) await client.query('create database oriel')
  } finally {
    await client.end()
  }
}

async function choosePort(dir: string): Promise<number> {
  const remembered = Number(await readFile(join(dir, 'port'), 'utf8').catch(() => '0'))
  return (remembered > 0 ? await freePort(remembered) : null) ?? (await freePort(0)) ?? 0
}

const freePort = (port: number) =>
  new Promise<number | null>((done) => {
    const server = createServer()
    server.once('error', () => done(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : null))
    })
  })

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
const writeOwner = (dir: string) => writeFile(join(dir, 'owner'), `${process.pid}\n`)
const readOwner = async (dir: string) => Number(await readFile(join(dir, 'owner'), 'utf8').catch(() => '')) || null
