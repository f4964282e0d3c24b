'use client'

import { useState } from 'react'
import { auditFormats } from '@/core/audit/audit-text'
import { apiPath } from '../../api'
import { buttonClass } from '../../ui/button'
import { Popover } from '../../ui/popover'
import type { AuditParams } from './use-audit-state'

const words = { csv: 'CSV', jsonl: 'JSON lines' } as const

/** Writes what the list asks for, all of it and not only what is in sight, to a file. */
export function AuditExport({ params }: { params: AuditParams }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover label="Export" trigger="Export" open={open} onOpenChange={setOpen} align="end" className="w-72 p-3">
      <p className="pb-2 text-xs text-fg-2">
        Every entry of these filters with what was changed, newest first. The browser saves it while it is written. That
        it was exported is an entry itself.
      </p>
      <div className="flex gap-2">
        {auditFormats.map((format) => (
          <a
            key={format}
            href={apiPath('audit/export', { ...params, format })}
            download={`oriel-audit.${format}`}
            className={buttonClass()}
            onClick={() => setOpen(false)}
          >
            {words[format]}
          </a>
        ))}
      </div>
    </Popover>
  )
}
