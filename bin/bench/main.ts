import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AppError } from '@/server/errors'
import type { Bench, Measure } from './bench'

const folder = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(folder)
  .filter((file) => !['main.ts', 'bench.ts'].includes(file) && /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -3))

/** Runs the named benchmarks (all without names), one after the other, and prints a table of each. */
export async function bench(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new AppError('invalid', `There is no benchmark “${unknown[0]}”; there are: ${names.join(', ')}.`)
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, ${revision()}\n`)
  for (const name of wanted.length > 0 ? wanted : names) {
    const { bench } = (await import(`./${name}.ts`)) as { bench: Bench }
    console.log(`## ${bench.title}\n`)
    printTable(await bench.run())
  }
  process.exit(0)
}

function printTable(measures: readonly Measure[]): void {
  console.log('| What | Figure | Baseline of the same run | Ratio | Bar |\n|---|---|---|---|---|')
  for (const { what, value, unit, baseline, bar } of measures) {
    const against = baseline ? `${baseline.what}: ${figure(baseline.value)} ${unit}` : ''
    const ratio = baseline && baseline.value !== 0 ? (value / baseline.value).toFixed(2) : ''
    console.log(
      `| ${what} | ${figure(value)} ${unit} | ${against} | ${ratio} | ${bar ? `${bar.text}: ${bar.met ? 'met' : 'missed'}` : ''} |`,
    )
  }
  console.log('')
}

const figure = (value: number) =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))

function revision(): string {
  try {
    return `commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}`
  } catch {
    return 'no commit'
  }
}
