/** One measured figure beside the baseline of the same run, so that a noisy machine cancels out. */
export type Measure = {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly baseline?: { readonly what: string; readonly value: number }
  /** The bar of the design and whether this run met it. */
  readonly bar?: { readonly text: string; readonly met: boolean }
}

/** A benchmark, run by `npm run bench -- <name>`. It cleans up after itself. */
export type Bench = {
  readonly name: string
  readonly title: string
  run(): Promise<readonly Measure[]>
}
