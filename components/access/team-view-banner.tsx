'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../ui/button'
import { meQuery } from './queries'
import { endTeamView } from './team-view'
import { useSameView } from './use-same-view'

/** Says that somebody looks on as a member of a team, on every page, and leads back. */
export function TeamViewBanner() {
  const { data: me } = useQuery(meQuery())
  const [busy, setBusy] = useState(false)
  useSameView(me)
  if (!me || me.viewAs === null) return null
  const { viewAs } = me
  return (
    <section
      aria-label="Viewing as a team"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b-2 border-accent bg-panel px-3 py-1 text-fg-2"
    >
      <span className="min-w-0 flex-1 wrap-anywhere">
        You see what members of <b className="font-semibold text-fg">{viewAs}</b> see
        {me.sees === 'nothing'
          ? ': nothing, for it has no namespaces that you see.'
          : '. Exports, and links that you make now, hold no more. Links that were made before show what they showed.'}
      </span>
      <Button
        size="sm"
        disabled={busy}
        onClick={() => {
          setBusy(true)
          void endTeamView(viewAs)
        }}
      >
        Stop
      </Button>
    </section>
  )
}
