'use client'

import { type KeyboardEvent, useRef, useState } from 'react'

const page = 10
/** Opens a row. */
export const openKey = 'Enter'

/** The row that a key moves to; null where the key moves nowhere. */
export function movedRow(key: string, from: number, count: number): number | null {
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to))
}

/** Roving focus over rows of which most do not exist: scrolls first, focuses when the row appears. */
export function useRowKeys(count: number, scrollTo: (index: number) => void, open: (index: number) => void) {
  const [active, setActive] = useState(0)
  const wanted = useRef<number | null>(null)
  const current = Math.min(active, Math.max(0, count - 1))
  return {
    tabIndex: (index: number) => (index === current ? 0 : -1),
    onFocus: setActive,
    rowRef: (index: number) => (element: HTMLTableRowElement | null) => {
      if (element === null || wanted.current !== index) return
      wanted.current = null
      element.focus({ preventScroll: true })
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
      if (event.key === openKey && event.target.tagName === 'TR') {
        event.preventDefault()
        open(current)
        return
      }
      const to = movedRow(event.key, current, count)
      if (to === null) return
      event.preventDefault()
      wanted.current = to
      // A row that scrolls out of sight takes the focus with it: until the wanted one is there, keys are heard here.
      if (to !== current) event.currentTarget.focus({ preventScroll: true })
      scrollTo(to)
      setActive(to)
    },
  }
}
