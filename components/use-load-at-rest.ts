import { useEffect } from 'react'

const restMs = 2_000

/** Loads code that a first page does without once the page has rested, so that what is pressed later opens at once. */
export function useLoadAtRest(load: () => Promise<unknown>): void {
  useEffect(() => {
    // A load that fails is tried again by what needs it, which says so.
    const timer = setTimeout(() => void load().catch(() => {}), restMs)
    return () => clearTimeout(timer)
  }, [load])
}
