'use client'

import { type ReactNode, type ToggleEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
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
  const toggled = (shown: boolean) => {
    setDrawn(shown)
    onOpenChange(shown)
  }
  const hydrated = useRef(false)
  const showAs = useEffectEvent((wanted: boolean) => {
    const shown = panel.current?.matches(':popover-open') ?? false
    // The button works before the page is hydrated; the browser then told nobody that it opened.
    if (!hydrated.current && shown) toggled(true)
    else if (shown !== wanted) panel.current?.togglePopover(wanted)
    hydrated.current = true
  })
  useEffect(() => showAs(open), [open])
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
        onToggle={(event: ToggleEvent<HTMLDivElement>) => toggled(event.newState === 'open')}
        className={`fixed inset-auto m-0 max-h-[80vh] max-w-[calc(100vw-16px)] overflow-auto ${floatClass} ${className}`}
      >
        {drawn && children}
      </div>
    </>
  )
}
