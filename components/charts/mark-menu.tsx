'use client'

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { floatClass } from '../ui/popover'

export type MarkAction = { readonly label: string; readonly run: () => void }

type Props = {
  /** What the actions are about. */
  readonly label: string
  /** Pixels from the left, and the width that it must stay within. */
  readonly x: number
  readonly width: number
  readonly actions: readonly MarkAction[]
  readonly onClose: () => void
}

const menuWidth = 232

/** What can be done with a mark, above it. Arrows move, Enter does, Escape or leaving it closes. */
export function MarkMenu({ label, x, width, actions, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    menu.current?.querySelector('button')?.focus()
    return () => {
      if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...event.currentTarget.querySelectorAll('button')]
    const at = items.findIndex((item) => item === document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key !== 'Escape' && step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (step === undefined) onClose()
    else items[(at + step + items.length) % items.length]?.focus()
  }
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={`absolute bottom-full z-20 mb-1 p-1 text-sm ${floatClass}`}
      style={{ left: Math.max(0, Math.min(x - menuWidth / 2, width - menuWidth)), width: menuWidth }}
      onPointerDown={(event) => event.stopPropagation()}
      onPointerUp={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose()
      }}
    >
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="flex h-7 w-full items-center rounded-sm px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2"
          onClick={() => {
            onClose()
            action.run()
          }}
        >
          {action.label}
        </button>
      ))}
    </div>
  )
}
