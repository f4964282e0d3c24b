'use client'

import { useEffect, useEffectEvent } from 'react'

/** Undo and redo by keyboard anywhere on the page but in fields, which have their own. */
export function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
    if (event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[contenteditable=true]'))
      return
    const key = event.key.toLowerCase()
    const step = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : null
    if (!step) return
    event.preventDefault()
    step()
  })
  useEffect(() => {
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
