import type { Bench, Measure } from './bench'

/** Runs a benchmark, prints its table and ends the process, whatever the benchmark left open. */
export async function report(bench: Bench): Promise<void> {
  console.log(`## ${bench.title}\n`)
  printTable(await bench.run())
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
