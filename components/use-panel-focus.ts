'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/** Focus of a panel while it is there: one that lies over the page takes it, and what opened it has it again. */
export function usePanelFocus(panel: RefObject<HTMLElement | null>): void {
  const opener = useRef<HTMLElement | null>(null)
  // Before the browser sees that what lies below is hidden, and takes the focus away from it.
  useLayoutEffect(() => {
    const { current } = panel
    const focused = document.activeElement
    if (!current || current.contains(focused)) return
    opener.current = focused instanceof HTMLElement && focused !== document.body ? focused : null
    if (getComputedStyle(current).position === 'absolute') current.focus({ preventScroll: true })
  }, [panel])
  useEffect(
    () => () => {
      const { activeElement } = document
      if (activeElement === null || activeElement === document.body) opener.current?.focus()
    },
    [],
  )
}
