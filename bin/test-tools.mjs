import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const shell = '/usr/bin/chromium-headless-shell'
const browsers = [
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/**
 * Path of a Chromium: the system's, else Debian's package when run as root, else '' after Playwright's own download.
 * In CI it is Debian's build without windows, which takes two thirds of the processor for the same pages.
 */
export async function findBrowser(root) {
  const given = process.env.ORIEL_CHROMIUM
  if (given && existsSync(given)) return given
  if (process.env.CI && !existsSync(shell)) installPackages(['chromium-headless-shell'])
  const found = browsers.find((path) => existsSync(path))
  if (found) return found
  console.log('No Chromium found; installing one for the browser tests …')
  if (installPackages(['chromium'])) return browsers.find((path) => existsSync(path)) ?? ''
  spawnSync(join(root, 'node_modules/.bin/playwright'), ['install', 'chromium'], { stdio: 'inherit' })
  return ''
}

/** The tests against a real Kubernetes API server want etcd; without the server's binary beside the project they skip, and so does this. */
export async function findEtcd(root) {
  const shared = process.env.ORIEL_SHARED ?? join(root, '../shared')
  if (!existsSync(join(shared, 'kube/kube-api'))) return
  const missing = ['etcd', 'xz', 'openssl', 'python3', 'curl'].filter((tool) => spawnSync('which', [tool]).status !== 0)
  if (missing.length > 0) installPackages(['etcd-server', 'xz-utils', 'openssl', 'python3', 'curl'])
}

/** Path of a real Prometheus for the test that asks one, '' where there is none. Debian's package is unpacked and not installed, because its service would start. */
export function findPrometheus(root) {
  if (existsSync('/usr/bin/prometheus')) return '/usr/bin/prometheus'
  const folder = join(root, 'node_modules/.prometheus')
  const binary = join(folder, 'usr/bin/prometheus')
  if (existsSync(binary) || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return existsSync(binary) ? binary : ''
  mkdirSync(folder, { recursive: true })
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', 'prometheus'], options)
  for (const file of readdirSync(folder)) if (file.endsWith('.deb')) spawnSync('dpkg', ['-x', file, '.'], options)
  return existsSync(binary) ? binary : ''
}

function installPackages(names) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  return spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options).status === 0
}
