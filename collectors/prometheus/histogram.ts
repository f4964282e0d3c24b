/** A histogram at one moment: ascending upper bounds, +Infinity last, and how many values were at most each. */
export type Snapshot = {
  readonly bounds: readonly number[]
  readonly cumulative: readonly number[]
  readonly sum: number
}

export type GrownHistogram = {
  readonly bounds: readonly number[]
  /** By bucket, not cumulative. */
  readonly counts: readonly number[]
  readonly sum: number
  readonly count: number
  /** The histogram began again at zero. */
  readonly reset: boolean
}

/** Buckets in any order as a snapshot; null where they are none (no bucket and no count, numbers below zero, NaN). */
export function snapshotOf(
  bounds: readonly number[],
  cumulative: readonly number[],
  sum: number,
  count: number | null,
): Snapshot | null {
  const [ascending, counts] = sorted(bounds, cumulative)
  for (let i = 0; i < ascending.length; i++) {
    const n = counts[i] ?? Number.NaN
    if (Number.isNaN(ascending[i]) || !Number.isFinite(n) || n < 0) return null
  }
  if (ascending.at(-1) !== Number.POSITIVE_INFINITY) {
    if (count === null || !Number.isFinite(count) || count < 0) return null
    counts.push(Math.max(count, counts.at(-1) ?? 0))
    ascending.push(Number.POSITIVE_INFINITY)
  }
  return { bounds: ascending, cumulative: counts, sum: Number.isFinite(sum) ? sum : 0 }
}

/** Copies, by ascending bound. Nearly all pages have them so already. */
function sorted(bounds: readonly number[], cumulative: readonly number[]): [number[], number[]] {
  if (bounds.every((bound, i) => i === 0 || (bounds[i - 1] ?? 0) < bound)) return [[...bounds], [...cumulative]]
  const pairs = bounds.map((bound, i) => ({ bound, n: cumulative[i] ?? Number.NaN })).sort((x, y) => x.bound - y.bound)
  return [pairs.map(({ bound }) => bound), pairs.map(({ n }) => n)]
}

/**
 * What came between two snapshots; all of `now` where `before` is null or the counts have dropped.
 * Where the bounds have changed, the earlier counts are read at the nearest bound below, which is
 * exact where several buckets became one.
 */
export function grownHistogram(before: Snapshot | null, now: Snapshot): GrownHistogram {
  const base = before ? cumulativeAt(before, now.bounds) : null
  const reset = base !== null && now.cumulative.some((n, i) => n < (base[i] ?? 0))
  const from = reset || !base ? null : base
  const counts: number[] = []
  let below = 0
  for (let i = 0; i < now.cumulative.length; i++) {
    const upTo = (now.cumulative[i] ?? 0) - (from?.[i] ?? 0)
    counts.push(Math.max(0, upTo - below))
    below = Math.max(below, upTo)
  }
  const sum = from && before ? now.sum - before.sum : now.sum
  return { bounds: now.bounds, counts, sum: Math.max(0, sum), count: below, reset }
}

function cumulativeAt({ bounds, cumulative }: Snapshot, at: readonly number[]): readonly number[] {
  if (bounds === at || (bounds.length === at.length && bounds.every((bound, i) => bound === at[i]))) return cumulative
  const result: number[] = []
  let i = 0
  for (const bound of at) {
    while (i < bounds.length && (bounds[i] ?? 0) <= bound) i++
    result.push(i === 0 ? 0 : (cumulative[i - 1] ?? 0))
  }
  return result
}
