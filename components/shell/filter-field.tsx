'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useFilter } from '../url-state'
import { IconButton } from '../ui/button'
import { useShortcut } from './use-shortcuts'

const settleMs = 250

/** The one filter field. What is typed goes to the URL when typing rests; Escape clears, then leaves. */
export function FilterField({ placeholder }: { placeholder: string }) {
  const [q, setQ] = useFilter()
  const [text, setText] = useState(q)
  const [seen, setSeen] = useState(q)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (q !== seen) {
    setSeen(q)
    if (q !== text.trim()) setText(q)
  }
  useShortcut(
    'filter',
    useCallback(() => input.current?.select(), []),
  )
  useEffect(() => () => clearTimeout(timer.current), [])

  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void setQ(next.trim() || null), settleMs)
  }
  const commit = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    void setQ(next.trim() || null)
  }
  return (
    <div className="flex h-[30px] min-w-56 flex-1 items-center gap-1.5 rounded-md border border-line bg-panel pl-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
      <span aria-hidden="true" className="text-fg-3">
        /
      </span>
      <input
        ref={input}
        type="text"
        role="searchbox"
        aria-label="Find or filter"
        spellCheck={false}
        autoComplete="off"
        maxLength={500}
        placeholder={placeholder}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(text)
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (text) commit('')
          else input.current?.blur()
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-fg outline-none placeholder:text-fg-3"
      />
      {text && (
        <IconButton label="Clear the filter" onClick={() => commit('')}>
          ×
        </IconButton>
      )}
    </div>
  )
}
