'use client'

import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { parseAsText, useTimeRange, useViewParams } from '../url-state'

export const percentiles = ['p50', 'p95', 'p99'] as const
export type Percentile = (typeof percentiles)[number]

const parsers = {
  pct: parseAsStringLiteral(percentiles).withDefault('p95'),
  callers: parseAsText.withDefault(''),
  callees: parseAsText.withDefault(''),
}

/** What the page of a service shows beside its time range: which percentile, and the order of both tables. */
export function useServiceState() {
  const [state, setState] = useQueryStates(parsers)
  return { ...state, setState }
}

/** The page's question: its time range and the endpoint. */
export function useServiceParams(sel: string) {
  const { q: _filter, cluster: _cluster, ...time } = useViewParams()
  const { live } = useTimeRange()
  const { last, from, to, recording } = time
  return { params: useMemo(() => ({ last, from, to, recording, sel }), [last, from, to, recording, sel]), live }
}
