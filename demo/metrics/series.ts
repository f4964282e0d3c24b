export type Labels = Readonly<Record<string, string>>

/** One number and what it was: `kept[i]` from sample `at[i]` on. Only changes are kept. */
export type Cell = { value: number; at: number[]; kept: number[] }

export type Series = {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly name: string
  readonly labels: Labels
  /** One number; of a histogram those of its buckets, not cumulative, the last without a bound, and then the sum. */
  readonly cells: readonly Cell[]
  /** Upper bounds of a histogram's buckets but the last. */
  readonly bounds: readonly number[]
  /** First sample that has it; null before that. */
  born: number | null
  changed: boolean
  changedAt: number
}

export const newSeries = (
  kind: Series['kind'],
  name: string,
  labels: Labels,
  bounds: readonly number[] = [],
): Series => ({
  kind,
  name,
  labels,
  bounds,
  cells: Array.from({ length: kind === 'histogram' ? bounds.length + 2 : 1 }, () => ({ value: 0, at: [], kept: [] })),
  born: null,
  changed: true,
  changedAt: 0,
})

export function observe(series: Series, value: number): void {
  const { cells, bounds } = series
  const found = bounds.findIndex((bound) => value <= bound)
  add(cells[found < 0 ? bounds.length : found], 1)
  add(cells[bounds.length + 1], value)
  series.changed = true
}

export function add(cell: Cell | undefined, by: number): void {
  if (cell) cell.value += by
}

/** Writes down what the series is at a sample. */
export function keep(series: Series, sample: number): void {
  series.born ??= sample
  series.changed = false
  series.changedAt = sample
  for (const cell of series.cells) {
    if (cell.kept.at(-1) === cell.value) continue
    cell.at.push(sample)
    cell.kept.push(cell.value)
  }
}

/** Forgets what was before a sample. */
export function trim(series: Series, oldest: number): void {
  for (const cell of series.cells) {
    let gone = 0
    while ((cell.at[gone + 1] ?? Infinity) <= oldest) gone++
    cell.at.splice(0, gone)
    cell.kept.splice(0, gone)
  }
}

/** A series as it is exposed: a histogram is one for each bound, one for the sum and one for the count. */
export type Row = { readonly name: string; readonly labels: Labels; readonly values: readonly number[] }

/** The exposed rows over samples [first, last]. O(rows × samples). */
export function* rowsOf(series: Series, first: number, last: number): Generator<Row> {
  yield* expose(series, (cell) => valuesOf(cell, first, last))
}

/** The exposed rows as of now. */
export const rowsNow = (series: Series): Generator<Row> => expose(series, (cell) => [cell.value])

function* expose(series: Series, read: (cell: Cell) => number[]): Generator<Row> {
  const { name, labels, cells, bounds } = series
  if (series.kind !== 'histogram') {
    for (const cell of cells) yield { name, labels, values: read(cell) }
    return
  }
  let sums: number[] = []
  for (const [i, cell] of cells.entries()) {
    const values = read(cell)
    if (i > bounds.length) {
      yield { name: `${name}_sum`, labels, values }
      yield { name: `${name}_count`, labels, values: sums }
      return
    }
    sums = values.map((value, sample) => value + (sums[sample] ?? 0))
    yield { name: `${name}_bucket`, labels: { ...labels, le: String(bounds[i] ?? '+Inf') }, values: sums }
  }
}

function valuesOf(cell: Cell, first: number, last: number): number[] {
  const values: number[] = []
  let next = 0
  let value = 0
  for (let sample = first; sample <= last; sample++) {
    for (; (cell.at[next] ?? Infinity) <= sample; next++) value = cell.kept[next] ?? 0
    values.push(value)
  }
  return values
}
