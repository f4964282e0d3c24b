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

/** What a series is exposed as: a histogram as one row for each bound, one for the sum and one for the count. */
export function namesOf({ kind, name, labels, bounds }: Series): readonly { name: string; labels: Labels }[] {
  if (kind !== 'histogram') return [{ name, labels }]
  const buckets = [...bounds.map(String), '+Inf'].map((le) => ({ name: `${name}_bucket`, labels: { ...labels, le } }))
  return [...buckets, { name: `${name}_sum`, labels }, { name: `${name}_count`, labels }]
}

/** The values of each of those over samples [first, last]. O(rows × samples). */
export const valuesOver = (series: Series, first: number, last: number): number[][] =>
  exposed(series, (cell) => valuesOf(cell, first, last))

/** The values as of now, one each. */
export const valuesNow = (series: Series): number[] =>
  exposed(series, (cell) => [cell.value]).map(([value = 0]) => value)

function exposed({ kind, cells, bounds }: Series, read: (cell: Cell) => number[]): number[][] {
  const rows = cells.map(read)
  if (kind !== 'histogram') return rows
  const sum = rows[bounds.length + 1] ?? []
  const buckets = rows.slice(0, bounds.length + 1)
  for (const [i, bucket] of buckets.entries()) {
    const below = buckets[i - 1]
    if (below) for (let n = 0; n < bucket.length; n++) bucket[n] = (bucket[n] ?? 0) + (below[n] ?? 0)
  }
  return [...buckets, sum, buckets.at(-1) ?? []]
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
