'use client'

import { useSyncExternalStore } from 'react'

const key = 'oriel-map-motion'
const event = 'oriel-map-motion'

/** Whether traffic is seen to move on this device; who asks the system for less motion gets none whatever this says. */
export function useMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener(event, changed)
      addEventListener('storage', changed)
      return () => {
        removeEventListener(event, changed)
        removeEventListener('storage', changed)
      }
    },
    () => localStorage.getItem(key) !== 'off',
    () => true,
  )
}

export function setMotion(on: boolean): void {
  if (on) localStorage.removeItem(key)
  else localStorage.setItem(key, 'off')
  dispatchEvent(new Event(event))
}
