'use client'

import { useSyncExternalStore } from 'react'
import type { Window } from '@/core/time'

const storageKey = 'oriel-recent-ranges'
const most = 5
const watchers = new Set<() => void>()
const none: readonly Window[] = []
let known: readonly Window[] | null = null

const isWindow = (value: unknown): value is Window =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  'to' in value &&
  Number.isSafeInteger(value.from) &&
  Number.isSafeInteger(value.to) &&
  Number(value.to) > Number(value.from)

/** What the browser kept, as far as it can be read. */
export function readRanges(text: string | null): readonly Window[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isWindow).slice(0, most) : none
  } catch {
    return none
  }
}

/** The newest first, each once, at most five. */
export const withRange = (ranges: readonly Window[], { from, to }: Window): readonly Window[] =>
  [{ from, to }, ...ranges.filter((range) => range.from !== from || range.to !== to)].slice(0, most)

const snapshot = () => (known ??= readRanges(localStorage.getItem(storageKey)))

/** Remembers a range that stands still, in this browser. */
export function rememberRange(window: Window): void {
  known = withRange(snapshot(), window)
  localStorage.setItem(storageKey, JSON.stringify(known))
  for (const watcher of watchers) watcher()
}

/** Ranges that were looked at, the newest first. */
export const useRecentRanges = (): readonly Window[] =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    snapshot,
    () => none,
  )
