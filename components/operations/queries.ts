import type { Operations } from '@/core/operations/operations'
import type { L7Protocol } from '@/core/verdict'
import { type SelParams, viewQuery } from '../view-query'

/** `sel`: what is asked of this node or on this edge; `dir` `out`: what the node asks of others. */
export type OperationsParams = SelParams & {
  readonly dir?: 'in' | 'out'
  readonly l7?: L7Protocol
}

/** Routes, methods, DNS names, codes and flags of a node or an edge. */
export const operationsQuery = (params: OperationsParams) => viewQuery<Operations>('operations', params)
