'use client'

import { type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from 'react'
import { buttonClass } from './button'

/** The look of what floats above the page; the only place for a shadow. */
export const floatClass = 'rounded-lg border border-line bg-raised text-fg shadow-float'

type Props = {
  /** Said before what the button shows. */
  label: string
  trigger: ReactNode
  /** Drawn while it is open. */
  children: ReactNode
  open: boolean
  onOpenChange: (open: boolean) => void
  role?: 'dialog' | 'menu'
  align?: 'start' | 'end'
  /** `icon`: a square with a sign alone. */
  look?: 'button' | 'icon'
  className?: string
}

const looks = {
  button: buttonClass(),
  icon: 'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-fg-3 hover:bg-hover hover:text-fg',
} as const

const gap = 4
const edge = 8

/**
 * A button with a panel below it, on the browser's own popover: top layer, Escape and a press outside
 * close it, focus returns. Focus goes to the first control, or to the one that is chosen.
 */
export function Popover({
  label,
  trigger,
  children,
  open,
  onOpenChange,
  role = 'dialog',
  align = 'start',
  look = 'button',
  className = '',
}: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState(open)
  useEffect(() => {
    if (panel.current?.matches(':popover-open') !== open) panel.current?.togglePopover(open)
  }, [open])

  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    const shown = event.newState === 'open'
    setDrawn(shown)
    onOpenChange(shown)
  }
  useEffect(() => {
    if (!drawn) return undefined
    const [at, box] = [button.current?.getBoundingClientRect(), panel.current]
    if (!at || !box) return undefined
    const left = align === 'end' ? at.right - box.offsetWidth : at.left
    box.style.left = `${Math.max(edge, Math.min(left, innerWidth - box.offsetWidth - edge))}px`
    box.style.top = `${at.bottom + gap}px`
    const first =
      box.querySelector<HTMLElement>('[aria-checked=true],[aria-pressed=true]') ??
      box.querySelector<HTMLElement>('button,input,a')
    first?.focus({ preventScroll: true })
    const close = () => box.hidePopover()
    addEventListener('resize', close)
    return () => removeEventListener('resize', close)
  }, [drawn, align])
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup={role}
        aria-expanded={drawn}
        className={`${looks[look]} ${drawn ? 'bg-hover' : ''}`}
      >
        <span className="sr-only">{look === 'icon' ? label : `${label}: `}</span>
        {look === 'icon' ? <span aria-hidden="true">{trigger}</span> : trigger}
        {look === 'button' && (
          <span aria-hidden="true" className="text-2xs text-fg-3">
            ▾
          </span>
        )}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={role}
        aria-label={label}
        onToggle={toggled}
        className={`fixed inset-auto m-0 max-h-[80vh] max-w-[calc(100vw-16px)] overflow-auto ${floatClass} ${className}`}
      >
        {drawn && children}
      </div>
    </>
  )
}
