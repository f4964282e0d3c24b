import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { withFolderLock } from '@/server/db/folder-lock'
import { AppError } from '@/server/errors'
import { hashOf } from './hash-files'

export const root = fileURLToPath(new URL('..', import.meta.url))
const generated = 'server/db/generated'

/**
 * A build lives in `<place>-<hash of what it is made of>` and appears there whole, by renaming: one that breaks off leaves
 * nothing, and a console that runs from an older one keeps it.
 */
const kept = 3

let generating: Promise<void> | undefined

/** Generates the Prisma client when the schema changed. It needs no engine binary, only the name of something that runs. */
export const generateClient = (): Promise<void> => (generating ??= generate())

async function generate(): Promise<void> {
  const mark = join(root, generated, `.from-${hashOf(root, ['prisma/schema.prisma'])}`)
  if (existsSync(mark)) return
  const engine = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  await run('prisma', ['generate'], engine)
  await mkdir(mark)
}

/** How everything that Node runs is bundled. */
export const roleOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'silent',
} as const

/**
 * Bundles the long-running roles and returns their folder. Run from their sources they would hold the loader and all of
 * the Kubernetes client's models: 220 MB before the first record instead of 65.
 */
export async function buildRoles(): Promise<string> {
  await generateClient()
  const inputs = ['bin', 'collectors', 'core', 'demo', 'server', 'package-lock.json']
  return once('dist/roles', inputs, async (folder) => {
    await bundle({
      entryPoints: ['bin/answers.ts', 'bin/collect.ts', 'bin/demo-child.ts', 'bin/web.ts'],
      ...roleOptions,
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      external: ['pg-native', 'next'],
      // What CommonJS packages expect to find.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
  })
}

/** Builds the console for production and returns its folder, relative to the project as Next wants it. */
export async function buildWeb(): Promise<string> {
  await generateClient()
  const inputs = [
    'app',
    'components',
    'core',
    'server',
    'public',
    'package-lock.json',
    'next.config.ts',
    'postcss.config.mjs',
    'tsconfig.json',
    'proxy.ts',
    'instrumentation.ts',
  ]
  return once('.next', inputs, async (folder) => {
    await run('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ORIEL_NEXT_DIST: '.next' })
    await rename(join(root, '.next'), join(root, folder))
    // The next build starts from this one's cache.
    await mkdir(join(root, '.next'))
    await rename(join(root, folder, 'cache'), join(root, '.next/cache')).catch(() => {})
  })
}

/** The folder at this place built from these inputs, building it where it is missing; one process builds, others wait. */
async function once(
  place: string,
  inputs: readonly string[],
  work: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = `${place}-${hashOf(root, inputs, generated)}`
  const path = join(root, folder)
  await mkdir(join(root, 'dist'), { recursive: true })
  if (!existsSync(path)) {
    await withFolderLock(join(root, `${place}.lock`), async () => {
      if (existsSync(path)) return
      const unfinished = `${place}.unfinished`
      await rm(join(root, unfinished), { recursive: true, force: true })
      await work(unfinished)
      await rename(join(root, unfinished), path)
    })
  }
  await touch(path, place)
  return folder
}

/** Marks a build as in use and forgets old ones; a read-only image keeps what it has. */
const touch = (path: string, place: string) =>
  utimes(path, new Date(), new Date())
    .then(() => forgetOld(place))
    .catch(() => {})

async function forgetOld(place: string): Promise<void> {
  const parent = join(root, dirname(place))
  const names = (await readdir(parent)).filter((name) => name.startsWith(`${basename(place)}-`))
  const builds = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(parent, name))).mtimeMs })))
  const old = builds.sort((a, b) => b.at - a.at).slice(kept)
  for (const { name } of old) await rm(join(parent, name), { recursive: true, force: true })
}

/** Runs an npm binary quietly; throws AppError('internal') with its output when it fails. */
function run(binary: string, args: string[], variables: Record<string, string>): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin', binary), args, {
    cwd: root,
    env: { ...process.env, ...variables },
  })
  let output = ''
  const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8_000))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new AppError('internal', `${binary} ${args.join(' ')} failed:\n${output}`)),
    )
  })
}
