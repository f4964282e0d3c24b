'use client'

import { useSearchParams } from 'next/navigation'

const kept = ['last', 'from', 'to', 'cluster', 'recording', 'vs', 'frozen'] as const

/** The part of the URL that goes along from page to page: the time range, the cluster and a frozen view. `?…` or ''. */
export function useKeptSearch(): string {
  const current = useSearchParams()
  const next = new URLSearchParams()
  for (const name of kept) {
    const value = current.get(name)
    if (value !== null) next.set(name, value)
  }
  return next.size > 0 ? `?${next}` : ''
}
