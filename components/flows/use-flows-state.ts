'use client'

import { parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { protocols, verdicts } from '@/core/verdict'
import type { FlowParams } from '../queries'
import { urlParsers, useViewParams } from '../url-state'

const parsers = { verdict: parseAsStringLiteral(verdicts), proto: parseAsStringLiteral(protocols) }
const pageLimit = 200

/** Filters of the flow table, in the URL, and the question that they make. */
export function useFlowsState() {
  const [{ verdict, proto }, setFilters] = useQueryStates(parsers)
  const view = useViewParams()
  const params = useMemo<FlowParams>(() => {
    const q = [view.q, proto ? `proto:${proto}` : ''].filter(Boolean).join(' ')
    return { ...view, q: q || undefined, verdict: verdict ?? undefined, limit: pageLimit }
  }, [view, verdict, proto])
  return { params, verdict, proto, setFilters, filtered: Boolean(view.q || verdict || proto) }
}

/** The flow whose detail is open; null when none is. */
export const useOpenFlow = () => useQueryState('flow', urlParsers.sel)
