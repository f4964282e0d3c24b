'use client'

import { usePathname } from 'next/navigation'
import { useMemo } from 'react'
import { filterNotes } from '@/core/filter/filter-notes'
import { parseFilter } from '@/core/filter/filter-parse'
import { StatusMark } from '../status-mark'
import { useFilter } from '../url-state'

/** Says which terms of the filter this page cannot answer. */
export function FilterStrip() {
  const [q] = useFilter()
  const subject = usePathname() === '/flows' ? 'records' : 'edges'
  const notes = useMemo(() => (q ? filterNotes(parseFilter(q).filter, subject) : []), [q, subject])
  if (notes.length === 0) return null
  return (
    <section
      aria-label="About the filter"
      className="flex min-h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      <StatusMark status="unknown" label="About the filter" />
      <output className="min-w-0 flex-1 break-words">{notes.join(' ')}</output>
    </section>
  )
}
