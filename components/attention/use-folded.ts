'use client'

import { useCallback, useSyncExternalStore } from 'react'

const key = 'oriel.attention'
const listeners = new Set<() => void>()

/** Beside a narrow map there is no room: there it is folded until it is asked for. */
const roomy = '(min-width: 1024px)'

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const query = matchMedia(roomy)
  query.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    query.removeEventListener('change', listener)
  }
}

function isFolded(): boolean {
  const kept = localStorage.getItem(key)
  return kept ? kept === 'folded' : !matchMedia(roomy).matches
}

/** Whether what needs attention is folded away, as this browser remembers it. */
export function useFolded(): [folded: boolean, setFolded: (folded: boolean) => void] {
  const folded = useSyncExternalStore(subscribe, isFolded, () => false)
  const setFolded = useCallback((next: boolean) => {
    localStorage.setItem(key, next ? 'folded' : 'open')
    for (const listener of listeners) listener()
  }, [])
  return [folded, setFolded]
}
