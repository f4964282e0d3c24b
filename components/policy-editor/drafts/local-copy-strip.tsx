'use client'

import { useState, useSyncExternalStore } from 'react'
import { formatWhen } from '../../format'
import { Button } from '../../ui/button'
import type { DraftObject } from '../state/draft-object'
import type { DraftAnswer } from './draft-api'
import { openedDraft } from './draft-content'
import { type LocalCopy, localKey, readLocal, writeLocal } from './local-copy'

type Props = {
  draft: DraftAnswer | null
  openedFrom: string
  onRestore: (objects: readonly DraftObject[]) => void
}

const never = () => () => {}

/** What this browser still had of the draft when its page was left before it was saved. */
export function LocalCopyStrip({ draft, openedFrom, onRestore }: Props) {
  const key = localKey(draft?.id ?? null, openedFrom)
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const [copy, setCopy] = useState<LocalCopy | null | 'unread'>('unread')
  if (isBrowser && copy === 'unread') setCopy(readLocal(key))
  if (copy === 'unread' || copy === null) return null
  const drop = () => {
    writeLocal(key, null)
    setCopy(null)
  }
  return (
    <output className="flex flex-wrap items-center gap-3 border-b border-line bg-panel px-5 py-2">
      <p className="min-w-0 flex-1">
        This browser keeps changes of {formatWhen(copy.at, 'min')} that were not saved
        {draft && copy.version !== draft.version ? '; the draft was saved by somebody since' : ''}.
      </p>
      <Button
        size="sm"
        onClick={() => {
          onRestore(openedDraft(copy.content))
          setCopy(null)
        }}
      >
        Restore them
      </Button>
      <Button size="sm" variant="quiet" onClick={drop}>
        Discard
      </Button>
    </output>
  )
}
