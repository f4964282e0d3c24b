'use client'

import Link from 'next/link'
import { useState } from 'react'
import { logOut } from '../login/log-out'
import { Popover } from '../ui/popover'
import { useWho } from './who'

const item = 'flex h-7 w-full items-center rounded-sm px-2 text-left hover:bg-hover focus-visible:-outline-offset-2'

/** Who is logged in, and the way out. */
export function UserMenu() {
  const who = useWho()
  const [open, setOpen] = useState(false)
  if (!who) return null
  return (
    <Popover
      label={`Account of ${who.name}`}
      trigger={<span className="text-2xs font-semibold">{initials(who.name)}</span>}
      look="icon"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-60 p-1"
    >
      <div className="mb-1 border-b border-line px-2 pt-1 pb-2 break-words">
        <div className="font-semibold">{who.name}</div>
        <div className="text-xs text-fg-2">{who.role}</div>
        <div className="text-xs text-fg-3">{who.by}</div>
      </div>
      <Link href="/settings" prefetch={false} className={item} onClick={() => setOpen(false)}>
        Settings
      </Link>
      <button type="button" className={item} onClick={() => void logOut()}>
        Log out
      </button>
    </Popover>
  )
}

/** The first letters of the first and the last word. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
