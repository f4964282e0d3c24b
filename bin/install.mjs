import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const mark = `${root}node_modules/.oriel-installed`

/**
 * Installs the dependencies when node_modules is not what package-lock.json says; returns at once when it is.
 * `npm install` and not `npm ci`: a lock file written on one platform may lack another's optional binaries, which ci refuses.
 */
export async function installDependencies() {
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted()) return
  const started = Date.now()
  console.error('Installing dependencies (npm install) …')
  const code = await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    console.error('npm install failed. Check that the npm registry can be reached (npm ping), then start again.')
    process.exit(1)
  }
  writeFileSync(mark, wanted())
  console.error(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

function wanted() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(root + file))
  return hash.digest('hex')
}

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  const ticker = setInterval(() => process.stderr.write(process.stderr.isTTY ? '.' : ''), 2_000)
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', resolve)
  }).finally(() => clearInterval(ticker))
}
