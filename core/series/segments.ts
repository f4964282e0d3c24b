/** Cost of taking the values from index `i` up to `j` (exclusive) for one level. */
export type SegmentCost = (i: number, j: number) => number

/** Costs as near as this are equal, and the longest last segment is taken: rounding decides nothing. */
const tie = 1e-6

/**
 * Cuts 0..n into the segments of least cost, each of at least `least` values, where each further
 * segment costs `penalty` (optimal partitioning, Jackson et al. 2005). Returns the starts, 0 first.
 * O(n² × cost).
 */
export function cutSegments(n: number, cost: SegmentCost, penalty: number, least: number): readonly number[] {
  const best = new Float64Array(n + 1).fill(Infinity)
  const last = new Int32Array(n + 1)
  best[0] = -penalty
  for (let j = least; j <= n; j++) {
    for (let i = 0; i <= j - least; i++) {
      const before = best[i] ?? Infinity
      if (before === Infinity) continue
      const sum = before + cost(i, j) + penalty
      if (sum < (best[j] ?? Infinity) - tie) {
        best[j] = sum
        last[j] = i
      }
    }
  }
  const starts: number[] = []
  for (let j = n; j > 0 && best[n] !== Infinity; j = last[j] ?? 0) starts.unshift(last[j] ?? 0)
  return starts
}
