'use client'

import { type FormEvent, useState } from 'react'
import { windowAt } from '../time-range'
import { useTimeRange } from '../url-state'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Popover } from '../ui/popover'
import type { Zone } from './when'

const aroundMs = 10 * 60_000

/** The moment that `2026-03-01T09:30:05` is in a zone, milliseconds; null where it is none. */
export function momentOf(text: string, zone: Zone): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null
  const time = Date.parse(zone === 'utc' ? `${text}Z` : text)
  return Number.isNaN(time) ? null : time
}

/** Moves the list to a moment; the time range moves along where it does not hold it. */
export function JumpMenu({ zone, onJump }: { zone: Zone; onJump: (at: number) => void }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const { range, whole, setWindow } = useTimeRange()
  const at = momentOf(text, zone)
  const jump = (event: FormEvent) => {
    event.preventDefault()
    if (at === null) return
    const window = windowAt(range, Date.now())
    if (!whole && (at < window.from || at > window.to)) void setWindow({ from: at - aroundMs, to: at + aroundMs })
    onJump(at)
    setOpen(false)
  }
  return (
    <Popover label="Jump to a moment" trigger="Jump" open={open} onOpenChange={setOpen} align="end" className="p-3">
      <form onSubmit={jump} className="flex flex-col gap-2">
        <label className="flex flex-col gap-1 text-xs text-fg-2">
          Moment ({zone === 'utc' ? 'UTC' : 'local time'})
          <Input type="datetime-local" step={1} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <Button type="submit" variant="primary" disabled={at === null}>
          Jump there
        </Button>
      </form>
    </Popover>
  )
}
