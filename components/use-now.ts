'use client'

import { useSyncExternalStore } from 'react'

const stepMs = 1_000
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let current = 0

function subscribe(changed: () => void): () => void {
  watchers.add(changed)
  timer ??= setInterval(() => {
    if (document.hidden) return
    current = Date.now()
    for (const watcher of watchers) watcher()
  }, stepMs)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

const snapshot = () => {
  if (current === 0 || timer === null) current = Math.floor(Date.now() / stepMs) * stepMs
  return current
}

/** The time, renewed each second by one timer for the whole page; null on the server, where no clock is the viewer's. */
export const useNow = (): number | null => useSyncExternalStore(subscribe, snapshot, () => null)
