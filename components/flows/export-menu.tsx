'use client'

import { useEffect, useState } from 'react'
import { formatBytes, plural } from '../format'
import type { FlowParams } from './queries'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { Popover } from '../ui/popover'
import { type ExportState, useExport } from './use-export'

/** Writes what the table asks for, all of it and not only what is in sight, to a file. */
export function ExportMenu({ params }: { params: FlowParams }) {
  const [open, setOpen] = useState(false)
  const { state, start, cancel } = useExport(params)
  const announce = useAnnounce()
  const words = exportWords(state)
  const over = state.state === 'done' || state.state === 'failed'
  useEffect(() => {
    if (over) announce(words)
  }, [over, words, announce])
  return (
    <Popover
      label="Export"
      trigger={state.state === 'running' ? plural(state.rows, 'row') : 'Export'}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-72 p-3"
    >
      <p className="pb-2 text-xs text-fg-2">
        Every flow of this filter and time range, newest first, up to 500,000. The file is written as it is read.
      </p>
      <div className="flex gap-2">
        <Button disabled={state.state === 'running'} onClick={() => void start('csv')}>
          CSV
        </Button>
        <Button disabled={state.state === 'running'} onClick={() => void start('jsonl')}>
          JSON lines
        </Button>
        {state.state === 'running' && (
          <Button variant="quiet" onClick={cancel}>
            Cancel
          </Button>
        )}
      </div>
      <p className="min-h-5 pt-2 text-xs text-fg-2">{words}</p>
    </Popover>
  )
}

export function exportWords(state: ExportState): string {
  switch (state.state) {
    case 'idle':
      return ''
    case 'running':
      return `${plural(state.rows, 'row')} so far, ${formatBytes(state.size)}`
    case 'done':
      return state.limit === null
        ? `${plural(state.rows, 'row')} written.`
        : `${plural(state.rows, 'row')} written, which is the limit. Older ones are left out; the last line says how to go on.`
    case 'failed':
      return `The export broke off: ${state.message} Nothing was saved.`
  }
}
