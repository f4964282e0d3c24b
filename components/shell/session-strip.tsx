'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { useLiveState } from '../live'
import { useSessionEnded } from '../session-state'
import { sourcesQuery } from '../sources/queries'
import { StatusMark } from '../status-mark'
import { buttonClass } from '../ui/button'

/** Says that nobody is logged in any more, and leads to the login and back to this very place. */
export function SessionStrip() {
  const ended = useSessionEnded()
  const lost = useLiveState() === 'lost'
  const client = useQueryClient()
  const path = usePathname()
  const search = useSearchParams().toString()
  // A stream does not tell why it was closed; a question does.
  useEffect(() => {
    if (lost) void client.refetchQueries({ queryKey: sourcesQuery().queryKey })
  }, [lost, client])
  if (!ended) return null
  const to = search === '' ? path : `${path}?${search}`
  return (
    <section
      aria-label="Session"
      className="flex min-h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      <StatusMark status="warn" label="Not logged in" />
      <output className="min-w-0 flex-1">
        Your session has ended. Log in again; where you are is kept. What is shown is from before.
      </output>
      <a href={`/login?to=${encodeURIComponent(to)}`} className={buttonClass('plain', 'sm')}>
        Log in
      </a>
    </section>
  )
}
