'use client'

import { useState } from 'react'
import type { SavedView } from '@/core/links/saved-view'
import { ConfirmDialog } from '../settings/confirm-dialog'
import { audienceWords } from './view-name'

type Props = { view: SavedView; onDelete: () => Promise<unknown>; onClose: () => void }

/** Asks before a view goes that others find too. */
export function DeleteView({ view, onDelete, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <ConfirmDialog
      title={`Delete ${view.name}?`}
      action="Delete view"
      busy={busy}
      problem={problem}
      onConfirm={() => {
        setBusy(true)
        onDelete().then(onClose, (error: unknown) => {
          setBusy(false)
          setProblem(error instanceof Error ? error.message : 'It could not be deleted. Try again.')
        })
      }}
      onClose={onClose}
    >
      <p>It is shared with {audienceWords(view.sharedWith)}, and goes for all of them.</p>
    </ConfirmDialog>
  )
}
