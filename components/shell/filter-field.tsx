'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useFilter } from '../url-state'
import { IconButton } from '../ui/button'
import { type Completion, completed, filterProblem } from './complete-filter'
import { FilterHelp } from './filter-help'
import { FilterMarks } from './filter-marks'
import { FilterSuggestions } from './filter-suggestions'
import { useCompletions } from './use-completions'
import { runShortcut, useShortcut } from './use-shortcuts'

const settleMs = 250

/** The one filter field, with completion. What is typed goes to the URL when typing rests; Escape closes, clears, then leaves. */
export function FilterField({ placeholder }: { placeholder: string }) {
  const [q, setQ] = useFilter()
  const [text, setText] = useState(q)
  const [seen, setSeen] = useState(q)
  const [open, setOpen] = useState(false)
  const [focused, setFocused] = useState(false)
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(-1)
  const [scrolled, setScrolled] = useState(0)
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

  const problem = filterProblem(text, focused ? caret : null)
  const offers = useCompletions(text, caret, open, problem)
  const write = (next: string, at: number, wait: number) => {
    setText(next)
    setCaret(at)
    setActive(-1)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void setQ(next.trim() || null), wait)
  }
  const take = (completion: Pick<Completion, 'text' | 'from' | 'to'>) => {
    const next = completed(text, completion)
    write(next.text, next.caret, settleMs)
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => {
      setOpen(true)
      setActive(offers.length === 0 ? -1 : (active + 1) % offers.length)
    },
    ArrowUp: () => setActive(active <= 0 ? offers.length - 1 : active - 1),
    Enter: () => {
      const offer = offers[active]
      if (offer) return take(offer)
      setOpen(false)
      if (text.trim() === q) runShortcut('map.find')
      else write(text, caret, 0)
    },
    Escape: () => {
      if (offers.length > 0) setOpen(false)
      else if (text) write('', 0, 0)
      else input.current?.blur()
    },
  }
  return (
    <div className="relative flex h-[30px] min-w-28 flex-1 items-center gap-1.5 rounded-md border border-line bg-panel pl-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent max-md:order-last max-md:min-w-full">
      <span aria-hidden="true" className="text-fg-3">
        /
      </span>
      <div className="relative h-full min-w-0 flex-1 overflow-hidden">
        <FilterMarks text={text} problem={problem} scrolled={scrolled} />
        <input
          ref={input}
          role="combobox"
          aria-label="Find or filter"
          aria-expanded={offers.length > 0}
          aria-controls="filter-offers"
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && active < offers.length ? `filter-offer-${active}` : undefined}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'filter-problem'}
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          placeholder={placeholder}
          value={text}
          onFocus={() => setFocused(true)}
          onChange={(event) => {
            setOpen(true)
            write(event.target.value, event.target.selectionStart ?? event.target.value.length, settleMs)
          }}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onBlur={() => {
            setOpen(false)
            setFocused(false)
          }}
          onKeyDown={(event) => {
            const act = keys[event.key]
            if (!act || event.nativeEvent.isComposing) return
            event.preventDefault()
            act()
          }}
          className="relative h-full w-full bg-transparent text-fg outline-none placeholder:text-fg-3"
        />
      </div>
      {text && (
        <IconButton label="Clear the filter" onClick={() => write('', 0, 0)}>
          ×
        </IconButton>
      )}
      <FilterHelp onUse={(example) => write(example, example.length, 0)} />
      <FilterSuggestions offers={offers} active={active} problem={problem} onTake={take} />
    </div>
  )
}
