'use client'

import { useEffect, useState } from 'react'
import { formatTime } from '../format'
import { useLiveState } from '../live'
import { useSessionEnded } from '../session-state'
import { StatusMark } from '../status-mark'

/** A stream that comes back sooner is nobody's business. */
const patienceMs = 8_000

/** Says that Oriel itself cannot be reached, and since when; what is shown is from before. */
export function OfflineStrip() {
  const ended = useSessionEnded()
  const lost = useLiveState() === 'lost' && !ended
  const [since, setSince] = useState<number | null>(null)
  useEffect(() => {
    if (!lost) return undefined
    const at = Date.now()
    const timer = setTimeout(() => setSince(at), patienceMs)
    return () => {
      clearTimeout(timer)
      setSince(null)
    }
  }, [lost])
  if (since === null) return null
  return (
    <section
      aria-label="Connection"
      className="flex min-h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      <StatusMark status="warn" label="No connection" />
      <output className="min-w-0 flex-1">
        Oriel does not answer since {formatTime(since)}. What is shown is from before; it goes on by itself when the
        connection is back.
      </output>
    </section>
  )
}
