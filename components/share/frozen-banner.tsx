'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'
import type { OpenedLink } from '@/core/links/link'
import { ApiError } from '../api'
import { formatDateTime, formatSpan } from '../format'
import { useWho } from '../shell/who'
import { useNow } from '../use-now'

/** Says that what is shown is kept and does not move, of when and by whom; leads to the live page. */
export function FrozenBanner({ link }: { link: OpenedLink }) {
  const now = useNow()
  const missing = useMissing()
  const who = useWho()
  const search = useSearchParams()
  return (
    <section
      aria-label="Frozen view"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-panel px-3 py-1 text-fg-2"
    >
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="shrink-0 text-accent">
        <path d="M6 .5V11.5M1.2 3.2 10.8 8.8M10.8 3.2 1.2 8.8" stroke="currentColor" strokeWidth="1.3" />
      </svg>
      <span className="min-w-0 flex-1 wrap-anywhere">
        {link.title && <b className="mr-2 font-semibold text-fg">{link.title}</b>}
        {now !== null && link.from !== null && link.to !== null && (
          <>
            Frozen view of {formatSpan(link.from, link.to, now)}, made {formatDateTime(link.createdAt, 'min')} by{' '}
            {link.createdBy}.
          </>
        )}
        {missing && <output> A part of what you opened was not on the page then, and is not kept.</output>}
      </span>
      {who && (
        <a
          href={liveHref(link, search)}
          className="inline-flex h-6 items-center text-accent hover:underline print:hidden"
        >
          Open live
        </a>
      )}
    </section>
  )
}

/** The same page with what is there now: the range moves again where it moved when the link was made. */
function liveHref(link: OpenedLink, search: URLSearchParams): string {
  const query = new URLSearchParams(search)
  const made = new URLSearchParams(link.path.split('?')[1] ?? '')
  query.delete('frozen')
  if (!made.has('from')) {
    query.delete('from')
    query.delete('to')
    const last = made.get('last')
    if (last !== null) query.set('last', last)
  }
  return `?${query}`
}

/** Whether anything that the page asks just now is not part of the frozen view. */
function useMissing(): boolean {
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const look = () =>
    cache
      .findAll({ type: 'active' })
      .some(({ state: { error } }) => error instanceof ApiError && error.code === 'not_frozen')
  return useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    look,
    () => false,
  )
}
