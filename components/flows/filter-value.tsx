'use client'

import type { ReactNode } from 'react'
import type { FilterTerm } from '@/core/filter/filter-ast'
import { serialiseFilter } from '@/core/filter/filter-serialise'
import { useFilterTerm } from './use-filter-term'

/** A value that a press adds to the filter, or takes from it; Alt and a press leaves it out. */
export function FilterValue({ term, children }: { term: FilterTerm | null; children: ReactNode }) {
  const { stateOf, toggle } = useFilterTerm()
  if (term === null) return children
  const state = stateOf(term)
  const text = serialiseFilter(term)
  return (
    <button
      type="button"
      aria-pressed={state === 'wanted'}
      title={
        state === 'open'
          ? `Only ${text}. Alt and a press leaves it out.`
          : `${text} is in the filter; a press takes it out.`
      }
      onClick={(event) =>
        toggle(
          term,
          (part) => part.type === 'term' && part.field === term.field,
          event.altKey ? true : state === 'unwanted',
        )
      }
      className="min-h-6 rounded-sm break-words decoration-line-strong underline-offset-2 hover:underline aria-pressed:underline"
    >
      {children}
    </button>
  )
}
