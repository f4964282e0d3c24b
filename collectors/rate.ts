const spanMs = 30_000

/** Records a second over the last half minute; null until 5 s have been seen. */
export function createRate() {
  let counts: { at: number; n: number }[] = []
  let firstAt: number | null = null
  return {
    add(n: number, now: number): number | null {
      firstAt ??= now
      counts = [...counts.filter(({ at }) => at > now - spanMs), { at: now, n }]
      const seconds = Math.min(spanMs, now - firstAt) / 1000
      return seconds < 5 ? null : counts.reduce((sum, count) => sum + count.n, 0) / seconds
    },
  }
}
