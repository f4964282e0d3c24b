/**
 * How far along the chain of calls each node stands (trophic levels, by Gauss–Seidel): a callee tends to
 * one more than its callers, and a cycle settles at a common level;
 * heavy links count for more. O(rounds × links).
 */
export function callLevels(n: number, links: Uint32Array, weights: ArrayLike<number>, rounds = 24): Float32Array {
  const degree = new Float32Array(n)
  for (let e = 0; e < links.length; e++) {
    const end = links[e] as number
    degree[end] = (degree[end] as number) + (weights[e >> 1] as number)
  }
  const level = new Float32Array(n)
  const sum = new Float32Array(n)
  for (let round = 0; round < rounds; round++) {
    sum.fill(0)
    for (let e = 0; e < links.length; e += 2) {
      const from = links[e] as number
      const to = links[e + 1] as number
      const weight = weights[e >> 1] as number
      sum[to] = (sum[to] as number) + weight * ((level[from] as number) + 1)
      sum[from] = (sum[from] as number) + weight * ((level[to] as number) - 1)
    }
    for (let i = 0; i < n; i++) {
      const d = degree[i] as number
      if (d > 0) level[i] = 0.5 * (level[i] as number) + (0.5 * (sum[i] as number)) / d
    }
  }
  return level
}
