'use client'

import { useState } from 'react'
import { formatSpan } from '../../format'
import { AbsoluteRange } from '../../shell/time-picker'
import { windowAt } from '../../time-range'
import { Button } from '../../ui/button'
import { Popover } from '../../ui/popover'
import { useNow } from '../../use-now'
import type { AuditState } from './use-audit-state'

const presets = [
  { past: null, label: 'all that is kept' },
  { past: '1h', label: 'last hour' },
  { past: '24h', label: 'last 24 hours' },
  { past: '7d', label: 'last 7 days' },
  { past: '30d', label: 'last 30 days' },
  { past: '90d', label: 'last 90 days' },
] as const

/** When what is shown was done. */
export function AuditTime({ state: { past, window, setState } }: { state: AuditState }) {
  const [open, setOpen] = useState(false)
  const now = useNow()
  const shown = window ? undefined : past
  const label = window
    ? now === null
      ? 'chosen time'
      : formatSpan(window.from, window.to, now)
    : (presets.find((preset) => preset.past === past)?.label ?? `last ${past}`)
  const choose = (next: { past: string | null; since: number | null; until: number | null }) => {
    void setState(next, { history: 'push' })
    setOpen(false)
  }
  return (
    <Popover label="Time" trigger={label} open={open} onOpenChange={setOpen} className="w-72 p-3">
      <div className="grid grid-cols-2 gap-1">
        {presets.map((preset) => (
          <Button
            key={preset.label}
            variant={preset.past === shown ? 'plain' : 'quiet'}
            size="sm"
            aria-pressed={preset.past === shown}
            className="justify-start"
            onClick={() => choose({ past: preset.past, since: null, until: null })}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <AbsoluteRange
        initial={window ?? windowAt({ last: past ?? '24h' }, now ?? 0)}
        onChoose={(since, until) => choose({ past: null, since: Math.round(since), until: Math.round(until) })}
      />
    </Popover>
  )
}
