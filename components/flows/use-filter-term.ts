'use client'

import { useCallback, useMemo } from 'react'
import type { Filter, FilterTerm } from '@/core/filter/filter-ast'
import { termState, toggledTerm } from '@/core/filter/filter-edit'
import { parseFilter } from '@/core/filter/filter-parse'
import { useFilter } from '../url-state'

/** Reads and changes single terms of the filter in the URL. */
export function useFilterTerm() {
  const [q, setQ] = useFilter()
  const filter = useMemo(() => parseFilter(q).filter, [q])
  return {
    stateOf: useCallback((term: FilterTerm) => termState(filter, term), [filter]),
    /** Adds the term or takes it away; `deny` is "leave this out". `isAbout` tells what is an alternative to it. */
    toggle: useCallback(
      (term: FilterTerm, isAbout: (part: Filter) => boolean, deny = false) =>
        void setQ(toggledTerm(q, term, isAbout, deny) || null, { history: 'push' }),
      [q, setQ],
    ),
  }
}
