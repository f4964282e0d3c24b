'use client'

import { useState } from 'react'
import { Button } from './button'
import { Popover } from './popover'

type Props = {
  readonly choices: readonly { readonly id: string; readonly title: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** Goes back to the usual columns; null where they are shown. */
  readonly onReset: (() => void) | null
}

/** Which columns a table has. */
export function ColumnMenu({ choices, chosen, onChange, onReset }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover label="Columns" trigger="Columns" open={open} onOpenChange={setOpen} align="end" className="w-72 p-2">
      <fieldset className="flex flex-col">
        <legend className="sr-only">Columns</legend>
        {choices.map(({ id, title }) => (
          <label key={id} className="flex h-7 cursor-pointer items-center gap-2 rounded-sm px-2 hover:bg-hover">
            <input
              type="checkbox"
              className="accent-accent"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  choices
                    .map((each) => each.id)
                    .filter((each) => (each === id ? event.target.checked : chosen.includes(each))),
                )
              }
            />
            {title}
          </label>
        ))}
      </fieldset>
      {onReset && (
        <Button size="sm" variant="quiet" className="mt-1" onClick={onReset}>
          The usual columns
        </Button>
      )}
    </Popover>
  )
}
