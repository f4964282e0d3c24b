import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AppError } from '@/server/errors'
import { buildBench } from './build-bench'

const folder = fileURLToPath(new URL('.', import.meta.url))
const machinery = ['main.ts', 'bench.ts', 'build-bench.ts', 'report.ts']
const names = readdirSync(folder)
  .filter((file) => !machinery.includes(file) && /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -3))

/** Runs the named benchmarks (all without names), one after the other and each in a process of its own, which prints its table. */
export async function bench(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new AppError('invalid', `There is no benchmark “${unknown[0]}”; there are: ${names.join(', ')}.`)
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, ${revision()}\n`)
  for (const name of wanted.length > 0 ? wanted : names) {
    const { status } = spawnSync(process.execPath, [await buildBench(name)], { stdio: 'inherit' })
    if (status !== 0) throw new AppError('internal', `The benchmark ${name} failed.`)
  }
  process.exit(0)
}

function revision(): string {
  try {
    return `commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}`
  } catch {
    return 'no commit'
  }
}
