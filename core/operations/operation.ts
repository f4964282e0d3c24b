import type { Counters, Facet } from '../world'

/**
 * What was asked for and how it was answered. `name`: as core/operations/operation-name.ts makes it, '' where it
 * is not told; `code`: the answer in the protocol's own word, '' where it is not told or none came;
 * `flags`: a proxy's response flags, joined by commas.
 */
export type Operation = { readonly name: string; readonly code: string; readonly flags: string }

/** What is counted of an operation. */
export type OperationCounters = Pick<Counters, 'requests' | 'responses' | 'clientErrors' | 'serverErrors' | 'latency'>

/** Everything that one facet of an edge counted of one operation in the window. */
export type OperationRow = {
  readonly edgeId: number
  readonly facet: Facet
  readonly operation: Operation
} & OperationCounters
