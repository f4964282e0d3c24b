'use client'

import { useQuery } from '@tanstack/react-query'
import type { L7Protocol } from '@/core/verdict'
import { operationsQuery } from './queries'
import { useViewParams } from '../url-state'

export type OperationsOf = {
  /** Id of a node or an edge. */
  readonly sel: string
  /** `out`: what the node asks of others. */
  readonly dir?: 'in' | 'out'
  readonly l7?: L7Protocol
}

/** What is asked of a node or on an edge in the time range of the page. */
export function useOperations({ sel, dir = 'in', l7 }: OperationsOf) {
  const { q: _filter, cluster: _cluster, ...params } = useViewParams()
  return useQuery(operationsQuery({ ...params, sel, dir, l7 }))
}
