'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { Command } from './commands'

const registered = new Map<string, readonly Command[]>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

function changed(): void {
  all = [...registered.values()].flat()
  for (const listener of listeners) listener()
}

/** Offers commands in the menu while mounted; `id` names who offers them. Keep the array between renders. */
export function usePageCommands(id: string, commands: readonly Command[]): void {
  useEffect(() => {
    registered.set(id, commands)
    changed()
    return () => {
      registered.delete(id)
      changed()
    }
  }, [id, commands])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
const current = () => all
const none: readonly Command[] = []

/** What the mounted parts of the page offer. */
export const useRegisteredCommands = (): readonly Command[] => useSyncExternalStore(subscribe, current, () => none)
