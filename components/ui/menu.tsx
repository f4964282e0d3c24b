'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { buttonClass } from './button'
import { floatClass } from './popover'

type Choice = { readonly value: string; readonly label: ReactNode; readonly hint?: ReactNode }

type Props = {
  label: string
  /** What the closed menu shows. */
  children: ReactNode
  value: string
  choices: readonly Choice[]
  onChange: (value: string) => void
}

/** A menu that chooses one of several. */
export function ChoiceMenu({ label, children, value, choices, onChange }: Props) {
  return (
    <Base.Root>
      <Base.Trigger className={buttonClass()} aria-label={label}>
        {children}
        <span aria-hidden="true" className="text-2xs text-fg-3">
          ▾
        </span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-40">
          <Base.Popup className={`${floatClass} max-h-(--available-height) min-w-48 overflow-auto p-1`}>
            <Base.RadioGroup value={value} onValueChange={(next) => onChange(String(next))}>
              {choices.map((choice) => (
                <Base.RadioItem
                  key={choice.value}
                  value={choice.value}
                  closeOnClick
                  className="flex h-7 cursor-default items-center gap-2 rounded-sm px-2 outline-none data-highlighted:bg-hover"
                >
                  <span className="w-3 text-accent">
                    <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
                  </span>
                  <span className="flex-1 truncate">{choice.label}</span>
                  {choice.hint !== undefined && <span className="text-xs text-fg-3">{choice.hint}</span>}
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
