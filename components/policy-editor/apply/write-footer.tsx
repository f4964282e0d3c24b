'use client'

import type { ReactNode } from 'react'
import { Field } from '../../ui/field'
import { Input } from '../../ui/input'
import { useHoldTab } from '../../use-hold-tab'

type Props = {
  reason: string
  /** It was written: nothing is left to say why. */
  done: boolean
  onReason: (reason: string) => void
  /** The buttons. */
  children: ReactNode
}

/** The foot of a dialog that writes to a cluster: why, and what to press. */
export function WriteFooter({ reason, done, onReason, children }: Props) {
  useHoldTab(!done && reason.trim() !== '')
  return (
    <div className="flex flex-wrap items-end gap-2 border-t border-line px-4 py-3">
      {!done && (
        <div className="min-w-48 flex-1">
          <Field label="Reason, for the audit">
            {(id) => (
              <Input id={id} maxLength={500} value={reason} onChange={(event) => onReason(event.target.value)} />
            )}
          </Field>
        </div>
      )}
      <span className="ml-auto flex gap-2">{children}</span>
    </div>
  )
}
