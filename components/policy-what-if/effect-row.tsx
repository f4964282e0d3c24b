'use client'

import { type ReactNode, useId } from 'react'
import { type Status, StatusMark } from '../status-mark'

type Props = {
  title: string
  status: Status
  /** `3 edges`. */
  count: string
  /** Nothing to unfold. */
  isEmpty: boolean
  summary: ReactNode
  figure?: string
  open: boolean
  onToggle: () => void
  /** Drawn while it is unfolded. */
  children: ReactNode
}

/** One answer in a line, with its list below when it is unfolded. */
export function EffectRow({ title, status, count, isEmpty, summary, figure = '', open, onToggle, children }: Props) {
  const id = useId()
  const shown = open && !isEmpty
  const line = (
    <>
      <span aria-hidden="true" className="w-3 shrink-0 text-2xs text-fg-3">
        {isEmpty ? '' : shown ? '▾' : '▸'}
      </span>
      <StatusMark
        status={isEmpty ? 'unknown' : status}
        label={title}
        showLabel
        className={`w-36 shrink-0 ${isEmpty ? 'text-fg-2 [&>svg]:invisible' : ''}`}
      />
      <span className={`w-20 shrink-0 text-left tabular-nums ${isEmpty ? 'text-fg-3' : 'font-semibold'}`}>{count}</span>
      <span className="min-w-0 flex-1 truncate text-left font-mono text-xs">{summary}</span>
      <span className="hidden shrink-0 text-xs text-fg-2 tabular-nums sm:inline">{figure}</span>
    </>
  )
  return (
    <li className="border-b border-line last:border-b-0">
      {isEmpty ? (
        <div className="flex min-h-8 items-center gap-2 px-1">{line}</div>
      ) : (
        <button
          type="button"
          aria-expanded={shown}
          aria-controls={id}
          onClick={onToggle}
          className="flex min-h-8 w-full items-center gap-2 rounded-sm px-1 hover:bg-hover"
        >
          {line}
        </button>
      )}
      <div id={id} hidden={!shown} className="pb-2 pl-6">
        {shown && children}
      </div>
    </li>
  )
}
