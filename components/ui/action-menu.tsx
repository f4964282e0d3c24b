'use client'

import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Popover } from './popover'

export type Action = { readonly label: string; readonly run: () => void }

type Props = {
  label: string
  /** The sign on its button. */
  children: ReactNode
  actions: readonly Action[]
}

/** A small button with a menu of things to do; arrows move, Enter does. */
export function ActionMenu({ label, children, actions }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={label}
      trigger={children}
      look="icon"
      role="menu"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="min-w-48 p-1"
    >
      <div role="presentation" onKeyDown={moveFocus}>
        {actions.map((action) => (
          <button
            key={action.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              setOpen(false)
              action.run()
            }}
            className="flex h-7 w-full items-center rounded-sm px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2"
          >
            {action.label}
          </button>
        ))}
      </div>
    </Popover>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[to % items.length]?.focus()
}
