import { spawn } from 'node:child_process'
import { build as bundle } from 'esbuild'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '@/server/errors'

export const root = fileURLToPath(new URL('..', import.meta.url))
const clientDir = join(root, 'server/db/generated')
const buildDir = join(root, '.next')
const rolesDir = join(root, 'dist')
const inputs = [
  'app',
  'components',
  'core',
  'server',
  'public',
  'prisma',
  'package-lock.json',
  'next.config.ts',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
]

let generating: Promise<void> | undefined

/** Generates the Prisma client when the schema changed. It needs no engine binary, only the name of something that runs. */
export const generateClient = (): Promise<void> =>
  (generating ??= unlessBuilt(clientDir, hashOf([join(root, 'prisma/schema.prisma')]), () =>
    run('prisma', ['generate'], {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    }),
  ))

/**
 * Bundles the long-running roles. Run from their sources they would hold the loader and all of the Kubernetes client's
 * models: 220 MB before the first record instead of 65.
 */
export async function buildRoles(): Promise<void> {
  await generateClient()
  const files = ['bin', 'collectors', 'core', 'demo', 'server', 'package-lock.json']
    .map((input) => join(root, input))
    .flatMap(filesBelow)
  await unlessBuilt(rolesDir, hashOf(files.filter((file) => !file.startsWith(clientDir))), async () => {
    await bundle({
      entryPoints: ['bin/collect.ts', 'bin/demo-child.ts'],
      absWorkingDir: root,
      outdir: rolesDir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: ['pg-native'],
      // What CommonJS packages expect to find.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'silent',
    })
  })
}

/** Builds the console for production; returns at once when nothing that it is made of has changed. */
export async function build(): Promise<void> {
  await generateClient()
  const files = inputs
    .map((input) => join(root, input))
    .flatMap(filesBelow)
    .filter((file) => !file.startsWith(clientDir))
  await unlessBuilt(buildDir, hashOf(files), () =>
    run('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }),
  )
}

async function unlessBuilt(dir: string, hash: string, work: () => Promise<void>): Promise<void> {
  const mark = join(dir, '.built-from')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  await work()
  mkdirSync(dir, { recursive: true })
  writeFileSync(mark, hash)
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files)
    if (!file.endsWith('.test.ts')) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
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
