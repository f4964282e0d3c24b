'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { PolicyRef } from '@/core/policy/normal-form'
import { shownKind } from '@/core/policy/policy-name'
import { UserMenu } from '../../shell/user-menu'
import { useKeptSearch } from '../../shell/use-kept-search'
import { Button } from '../../ui/button'

type Props = {
  /** null: nothing is open yet. */
  subject: PolicyRef | null
  /** What is known of the draft, and what it was opened from. */
  state: ReactNode
  undo: (() => void) | null
  redo: (() => void) | null
  /** Further buttons. */
  children?: ReactNode
}

/** What is edited, how its draft stands, and what can be done with it. */
export function EditorHead({ subject, state, undo, redo, children }: Props) {
  const kept = useKeptSearch()
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <nav
        aria-label="Where this is"
        className="flex h-[30px] min-w-0 items-center rounded-md border border-line bg-panel px-2.5"
      >
        <Link href={`/policies${kept}`} className="text-fg-2 hover:text-fg hover:underline">
          Policies
        </Link>
        {subject && (
          <>
            <Slash />
            <span className="text-fg-2">{subject.namespace ?? 'cluster'}</span>
            <Slash />
            <span className="text-fg-2">{shownKind(subject)}</span>
            <Slash />
            <span className="truncate">{subject.name || 'no name yet'}</span>
          </>
        )}
      </nav>
      <div className="min-w-0 flex-1 basis-40 truncate text-xs text-fg-2">{state}</div>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {(undo || redo || subject) && (
          <>
            <Button disabled={!undo} onClick={() => undo?.()} aria-keyshortcuts="Control+Z">
              Undo
            </Button>
            <Button disabled={!redo} onClick={() => redo?.()} aria-keyshortcuts="Control+Shift+Z">
              Redo
            </Button>
          </>
        )}
        {children}
        <UserMenu />
      </div>
    </header>
  )
}

const Slash = () => (
  <span aria-hidden="true" className="px-1.5 text-fg-3">
    /
  </span>
)
