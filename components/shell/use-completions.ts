'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { filterTerms } from '@/core/filter/filter-terms'
import type { FilterError } from '@/core/filter/filter-tokens'
import { valuesQuery } from './queries'
import { useViewParams } from '../url-state'
import { type Completion, completionsAt } from './complete-filter'
import { spotAt } from './filter-spot'

/** What can be written at the caret, values from the data of the time and cluster shown; before it, how to mend what is wrong. */
export function useCompletions(
  text: string,
  caret: number,
  open: boolean,
  problem: FilterError | null,
): readonly Completion[] {
  const spot = useMemo(() => (open ? spotAt(text, caret) : null), [open, text, caret])
  const { q: _filter, ...params } = useViewParams()
  const asked = spot?.type === 'value' && filterTerms[spot.field].kind !== 'figure' ? spot : null
  const typed = useDeferredValue(asked?.typed.slice(0, 200) ?? '')
  const { data } = useQuery(
    valuesQuery({
      ...params,
      field: asked ? [asked.field] : [],
      side: asked?.side,
      text: asked && filterTerms[asked.field].kind === 'choice' ? '' : typed,
    }),
  )
  return useMemo(() => {
    const offers = completionsAt(spot, (asked && data?.[0]?.values) ?? [])
    if (!open || problem?.fix === undefined) return offers
    const { fix, at, end } = problem
    const mend = {
      text: fix,
      shown: fix || 'nothing',
      help: `in place of ${text.slice(at, end)}`,
      edges: null,
      from: at,
      to: end,
    }
    return [mend, ...offers]
  }, [spot, asked, data, open, problem, text])
}
