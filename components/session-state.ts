import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let ended = false

/** Hears the status of every answer: whether whoever is at this browser is still logged in. */
export function noteAnswered(status: number): void {
  const now = status === 401 ? true : status < 400 ? false : ended
  if (now === ended) return
  ended = now
  for (const changed of watchers) changed()
}

const subscribe = (changed: () => void) => {
  watchers.add(changed)
  return () => {
    watchers.delete(changed)
  }
}

/** Whether the last answers said that nobody is logged in any more. */
export const useSessionEnded = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => ended,
    () => false,
  )
