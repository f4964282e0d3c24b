'use client'

import { StatusMark } from '../status-mark'
import { useWho } from './who'

/** Says that others can read on its way what is sent and shown; by configuration people log in all the same. */
export function OpenStrip() {
  if (!useWho()?.isOpen) return null
  return (
    <section
      aria-label="Not encrypted"
      className="flex min-h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 py-1 text-xs text-fg-2"
    >
      <StatusMark status="warn" label="Not encrypted" />
      <span>
        This connection is not encrypted: others on its way can read what you see and take your session. Who runs Oriel
        sets web.url to an https address.
      </span>
    </section>
  )
}
