'use client'

import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

type Props = {
  title: string
  /** What happens then. */
  children: ReactNode
  /** What the button that does it says. */
  action: string
  busy: boolean
  problem: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something is taken away. */
export function ConfirmDialog({ title, children, action, busy, problem, onConfirm, onClose }: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <div className="flex min-h-0 flex-col gap-3 overflow-auto p-4">
        <div className="flex flex-col gap-2 text-fg-2">{children}</div>
        {problem !== null && <p role="alert">{problem}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={busy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
