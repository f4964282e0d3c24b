'use client'

import { useCallback, useSyncExternalStore } from 'react'

const changed = 'oriel-remembered'

/** A choice that this browser remembers; `fallback` until it is made, and on the server. */
export function useRemembered(key: string, fallback: string): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key) ?? fallback,
    () => fallback,
  )
  const set = useCallback(
    (next: string) => {
      try {
        localStorage.setItem(`oriel.${key}`, next)
      } catch {
        // Private windows and full stores forget it.
      }
      dispatchEvent(new Event(changed))
    },
    [key],
  )
  return [value, set]
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(`oriel.${key}`)
  } catch {
    return null
  }
}

function subscribe(listener: () => void): () => void {
  for (const event of [changed, 'storage']) addEventListener(event, listener)
  return () => {
    for (const event of [changed, 'storage']) removeEventListener(event, listener)
  }
}
