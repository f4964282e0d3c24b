'use client'

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Popover } from './popover'

type Choice = { readonly value: string; readonly label: ReactNode; readonly hint?: ReactNode }

type Props = {
  label: string
  /** What the closed menu shows. */
  children: ReactNode
  value: string
  choices: readonly Choice[]
  onChange: (value: string) => void
}

/** A menu that chooses one of several; arrows move, Enter chooses. */
export function ChoiceMenu({ label, children, value, choices, onChange }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover label={label} trigger={children} role="menu" open={open} onOpenChange={setOpen} className="min-w-48 p-1">
      <div role="presentation" onKeyDown={moveFocus}>
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            role="menuitemradio"
            aria-checked={choice.value === value}
            tabIndex={-1}
            onClick={() => {
              onChange(choice.value)
              setOpen(false)
            }}
            className="flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2"
          >
            <span aria-hidden="true" className="w-3 text-accent">
              {choice.value === value && '✓'}
            </span>
            <span className="flex-1 truncate">{choice.label}</span>
            {choice.hint !== undefined && <span className="text-xs text-fg-3">{choice.hint}</span>}
          </button>
        ))}
      </div>
    </Popover>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitemradio]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[to % items.length]?.focus()
}
