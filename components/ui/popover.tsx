'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import { buttonClass } from './button'

/** The look of what floats above the page; the only place for a shadow. */
export const floatClass = 'rounded-lg border border-line bg-raised text-fg shadow-float outline-none'

type Props = {
  label: string
  trigger: ReactNode
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'end'
  className?: string
}

/** A button with a panel that floats below it. */
export function Popover({ label, trigger, children, open, onOpenChange, align = 'start', className = '' }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger className={buttonClass()} aria-label={label}>
        {trigger}
        <span aria-hidden="true" className="text-2xs text-fg-3">
          ▾
        </span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-40">
          <Base.Popup aria-label={label} className={`${floatClass} max-w-[calc(100vw-16px)] p-3 ${className}`}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
