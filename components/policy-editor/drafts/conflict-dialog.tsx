'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LineDiffView } from '../../policies/line-diff-view'
import { formatTime } from '../../format'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import type { DraftObject } from '../state/draft-object'
import { type DraftAnswer, draftQuery } from './draft-api'
import type { Theirs } from './saving'

type Props = {
  id: number
  theirs: Theirs
  mine: readonly DraftObject[]
  onTake: (draft: DraftAnswer) => void
  onKeepCopy: () => void
  onClose: () => void
}

/** Two people saved one draft: neither is overwritten before somebody chose. */
export function ConflictDialog({ id, theirs, mine, onTake, onKeepCopy, onClose }: Props) {
  const { data, error } = useQuery(draftQuery(id))
  const [comparing, setComparing] = useState(false)
  const texts = (objects: readonly { readonly text: string }[]) => objects.map(({ text }) => text).join('---\n')
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Somebody else saved this draft">
      <div className="flex min-h-0 flex-col gap-4 overflow-auto p-4">
        <p>
          {theirs.by} saved version {theirs.version} at {formatTime(theirs.at, 'min')}. Yours is kept in this browser
          and was not saved over it.
        </p>
        {error && <p role="alert">{error.message}</p>}
        {comparing && data && (
          <LineDiffView label="Their version against yours" before={texts(mine)} after={texts(data.content.objects)} />
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
        <Button disabled={!data} onClick={() => setComparing(!comparing)}>
          {comparing ? 'Hide the difference' : 'Compare'}
        </Button>
        <Button disabled={!data} onClick={() => data && onTake(data)}>
          Take theirs
        </Button>
        <Button variant="primary" onClick={onKeepCopy}>
          Keep mine as a copy
        </Button>
      </div>
    </Dialog>
  )
}
