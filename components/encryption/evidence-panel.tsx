'use client'

import { useEffect, useRef } from 'react'
import { parseFigureOf } from '@/core/encryption/figure-of'
import { useShortcut } from '../shell/use-shortcuts'
import { IconButton } from '../ui/button'
import { Button } from '../ui/button'
import { EdgeEvidence } from './edge-evidence'
import { FigureEvidence } from './figure-evidence'
import type { EncryptionState } from './use-encryption-state'

/** At the right, above the page: on what an open figure or edge rests. Escape closes it. */
export function EvidencePanel({ state }: { state: EncryptionState }) {
  const { of, sel, close } = state
  const figure = of === null ? null : parseFigureOf(of)
  const open = sel !== null || figure !== null
  useShortcut('up', open ? close : null)
  const panel = useRef<HTMLElement>(null)
  const opener = useRef<Element | null>(null)
  const shown = sel ?? of
  useEffect(() => {
    if (shown === null) {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
      opener.current = null
      return
    }
    const focused = document.activeElement
    if (focused && focused !== document.body && !panel.current?.contains(focused)) opener.current = focused
    panel.current?.focus({ preventScroll: true })
  }, [shown])
  if (!open) return null
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Evidence"
      className="absolute inset-y-0 right-0 z-20 flex w-[min(460px,100%)] flex-col border-l border-line bg-panel shadow-float outline-none print:hidden"
    >
      <div className="flex h-10 shrink-0 items-center justify-between gap-2 border-b border-line pr-1.5 pl-4">
        <h2 className="font-semibold">Evidence</h2>
        <span className="flex items-center gap-1">
          {sel !== null && figure && (
            <Button size="sm" variant="quiet" onClick={close}>
              Back to the figure
            </Button>
          )}
          <IconButton label="Close (Escape)" onClick={() => void state.setState({ of: null, class: null, sel: null })}>
            ×
          </IconButton>
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-4 pb-6">
        {sel !== null ? (
          <EdgeEvidence sel={sel} unit={state.unit} />
        ) : (
          figure && <FigureEvidence of={figure} only={state.class} state={state} />
        )}
      </div>
    </aside>
  )
}
