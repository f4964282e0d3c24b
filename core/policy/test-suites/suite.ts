/** How many of a suite's statements the engine agrees with. */
export type SuiteResult = {
  readonly agree: number
  readonly total: number
  /** The first of those that differ, as `where: expected, got`. */
  readonly differ: readonly string[]
}

/** Counts statements; `same` says whether one holds. */
export class Tally {
  agree = 0
  total = 0
  readonly differ: string[] = []

  check(where: () => string, expected: unknown, got: unknown): void {
    this.total++
    if (expected === got) this.agree++
    else if (this.differ.length < 20) this.differ.push(`${where()}: expected ${String(expected)}, got ${String(got)}`)
  }
}
