'use client'

import { formatTime } from '../../format'
import { StatusMark } from '../../status-mark'
import type { Saving } from './saving'

type Props = {
  saving: Saving
  due: boolean
  /** It holds an edit that nobody touched yet. */
  proposed: boolean
  from: string
}

/** How the draft stands: saved when, or why not. */
export function DraftState({ saving, due, proposed, from }: Props) {
  const parts = [stateWords(saving, due, proposed), from].filter((part) => part !== '')
  return (
    <span
      className="inline-flex max-w-full items-center gap-1.5"
      title={[saving.draft?.name, ...parts].filter(Boolean).join(' · ')}
    >
      {(saving.state === 'failed' || saving.state === 'conflict') && (
        <StatusMark status="warn" label={saving.state === 'failed' ? 'not saved' : 'conflict'} />
      )}
      <output aria-live="polite" className="truncate">
        {parts.join(' · ')}
      </output>
    </span>
  )
}

function stateWords({ state, savedAt, theirs, draft }: Saving, due: boolean, proposed: boolean): string {
  switch (state) {
    case 'failed':
      return 'draft · kept in this browser; saving is tried again'
    case 'conflict':
      return `draft · ${theirs?.by ?? 'somebody'} saved another version`
    case 'saving':
      return 'draft · saving'
    case 'idle':
      if (due) return 'draft · not saved yet'
      return savedAt === null
        ? draft
          ? 'draft'
          : proposed
            ? 'as proposed, saved with your first change'
            : 'not changed yet'
        : `draft · saved ${formatTime(savedAt, 'min')}`
  }
}
