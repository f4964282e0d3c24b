'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Compared } from '@/core/compare/compare-graphs'
import { compareQuery, type GraphParams } from '../map/queries'
import { useRecording, useVersus } from '../url-state'

/**
 * How the graph of these parameters differs from what the URL compares it with (`vs`), and edges and nodes of it
 * by id; `comparison` is undefined while nothing is compared or the answer is not there.
 */
export function useComparison(params: GraphParams) {
  const [versus] = useVersus()
  const [recording] = useRecording()
  const enabled = versus !== null && recording === null
  const { data, error, isPlaceholderData } = useQuery({
    ...compareQuery({ ...params, vs: String(versus ?? 'previous') }),
    enabled,
  })
  const comparison = enabled ? data : undefined
  const byId = useMemo(
    () =>
      new Map<string, Compared>(
        [...(comparison?.edges ?? []), ...(comparison?.nodes ?? [])].map((each) => [each.id, each]),
      ),
    [comparison],
  )
  return { comparing: enabled, comparison, byId, error: enabled ? error : null, isOld: isPlaceholderData }
}
