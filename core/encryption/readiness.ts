/** Whether a namespace could refuse plaintext. `broken`: it is told to refuse it, and plaintext was seen all the same. */
export const readinessStates = ['ready', 'blocked', 'strict', 'broken', 'unknown'] as const
export type ReadinessState = (typeof readinessStates)[number]

export type Readiness = {
  readonly cluster: string
  readonly namespace: string
  readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE'
  readonly state: ReadinessState
  /** As a page says it: `100 % mTLS for 19 days, mode is PERMISSIVE`. */
  readonly words: string
  /** Edges (ids) that STRICT would break, or that speak plaintext although it is told. */
  readonly edges: readonly string[]
}
