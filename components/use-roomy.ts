'use client'

import { useSyncExternalStore } from 'react'

const roomy = '(min-width: 1024px)'

function subscribe(listener: () => void): () => void {
  const query = matchMedia(roomy)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the window has room for a panel beside what the page is about. */
export const useRoomy = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(roomy).matches,
    () => true,
  )
