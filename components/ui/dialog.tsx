'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { floatClass } from './popover'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** The title is spoken and not shown. */
  hideTitle?: boolean
  children: ReactNode
  className?: string
}

/** A dialog in the upper third of the window; focus stays in it and returns when it closes. */
export function Dialog({ open, onOpenChange, title, hideTitle = false, children, className = '' }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-canvas/60" />
        <Base.Popup
          className={`fixed left-1/2 top-[12vh] z-50 flex max-h-[76vh] w-[min(640px,calc(100vw-32px))] -translate-x-1/2 flex-col ${floatClass} ${className}`}
        >
          <Base.Title className={hideTitle ? 'sr-only' : 'border-b border-line px-4 py-3 text-lg font-semibold'}>
            {title}
          </Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
