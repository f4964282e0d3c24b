'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Me } from '@/core/access/me'
import { meQuery } from './queries'

/**
 * Loads the console anew where another tab began or ended looking on as a team: the cookie is of the whole browser, and
 * what this tab keeps in memory was answered to somebody else. Asks when the tab is looked at again.
 */
export function useSameView(me: Me | undefined): void {
  const client = useQueryClient()
  const began = useRef<string | null>(undefined)
  const viewAs = me?.viewAs
  useEffect(() => {
    if (viewAs === undefined) return
    if (began.current === undefined) began.current = viewAs
    else if (began.current !== viewAs) location.reload()
  }, [viewAs])
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void client.invalidateQueries({ queryKey: meQuery().queryKey })
    }
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [client])
}
