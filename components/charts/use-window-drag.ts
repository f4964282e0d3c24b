'use client'

import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Window } from '@/core/time'
import { draggedWindow, type Grip, keyedWindow, shortestMs, zoomedWindow } from './drag-window'

/** How long keys and wheel rest before what they chose is shown. */
const settleMs = 300

type Held = { readonly grip: Grip; readonly from: number; readonly before: Window }

/** Pointer, wheel and keys on the strip: what is being chosen (`draft`), and handlers. `onSelect` hears the choice once it is made. */
export function useWindowDrag(
  box: RefObject<HTMLElement | null>,
  bounds: Window,
  shown: Window,
  onSelect: (window: Window) => void,
) {
  const [draft, setDraft] = useState<Window | null>(null)
  const held = useRef<Held | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const current = draft ?? shown

  const timeAt = useCallback(
    (clientX: number) => {
      const rect = box.current?.getBoundingClientRect()
      const share = rect ? Math.max(0, Math.min(1, (clientX - rect.left) / rect.width)) : 0
      return bounds.from + share * (bounds.to - bounds.from)
    },
    [box, bounds],
  )
  const settle = useCallback(
    (window: Window) => {
      setDraft(window)
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        timer.current = null
        setDraft(null)
        onSelect(window)
      }, settleMs)
    },
    [onSelect],
  )
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    // React listens passively, and the page must not scroll.
    const turn = (event: WheelEvent) => {
      event.preventDefault()
      const span = bounds.to - bounds.from
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const by = ((event.deltaX || event.deltaY) / element.clientWidth) * span
      settle(
        sideways
          ? draggedWindow('frame', current, 0, by, bounds)
          : zoomedWindow(
              current,
              Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))),
              timeAt(event.clientX),
              bounds,
            ),
      )
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [box, bounds, current, settle, timeAt])

  return {
    draft,
    timeAt,
    grab: (grip: Grip) => (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.stopPropagation()
      box.current?.setPointerCapture(event.pointerId)
      held.current = { grip, from: timeAt(event.clientX), before: current }
    },
    drag: (event: PointerEvent<HTMLElement>) => {
      if (!held.current) return
      const { grip, from, before } = held.current
      const to = timeAt(event.clientX)
      if (grip === 'brush' && Math.abs(to - from) < Math.max(shortestMs / 2, (bounds.to - bounds.from) / 300)) return
      setDraft(draggedWindow(grip, before, from, to, bounds))
    },
    release: () => {
      if (held.current && draft) onSelect(draft)
      if (held.current) setDraft(null)
      held.current = null
    },
    press: (grip: Grip) => (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const next = keyedWindow(grip, event.key, current, bounds)
      if (!next) return
      event.preventDefault()
      event.stopPropagation()
      settle(next)
    },
  }
}
