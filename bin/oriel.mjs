#!/usr/bin/env node
// The one command. Plain JavaScript, because on a fresh machine it runs before any dependency is installed.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installDependencies } from './install.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Oriel needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

await installDependencies()

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const tsconfig = fileURLToPath(new URL('../tsconfig.json', import.meta.url))
const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig },
})
// The terminal's Ctrl-C reaches the child by itself; this process only waits for it to end well.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
