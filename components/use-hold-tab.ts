'use client'

import { useEffect, useId } from 'react'
import { holdTab } from './hold-tab'

/** The browser asks before it closes the tab while this has text that is kept nowhere else. */
export function useHoldTab(isHeld: boolean): void {
  const id = useId()
  useEffect(() => {
    holdTab(id, isHeld)
    return () => holdTab(id, false)
  }, [id, isHeld])
}
