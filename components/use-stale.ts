'use client'

import { useEffect, useState } from 'react'
import { refreshMs } from './live'

/** Data older than this says nothing about now: a dozen missed refreshes. */
const staleMs = 12 * refreshMs

/** Whether refreshing has failed for so long that the marks no longer hold. */
export function useStale(failing: boolean, updatedAt: number): boolean {
  const [stale, setStale] = useState(false)
  useEffect(() => {
    if (!failing) return undefined
    const timer = setTimeout(() => setStale(true), Math.max(0, updatedAt + staleMs - Date.now()))
    return () => {
      clearTimeout(timer)
      setStale(false)
    }
  }, [failing, updatedAt])
  return stale
}

/** The same with its claim about health withdrawn. */
export const withoutHealth = <T extends { readonly health: string; readonly why: string }>(
  one: T,
): Omit<T, 'health' | 'why'> & { readonly health: 'unknown'; readonly why: string } => ({
  ...one,
  health: 'unknown',
  why: 'no fresh data',
})
