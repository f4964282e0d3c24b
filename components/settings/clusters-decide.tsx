'use client'

import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../access/queries'

/** Whether rights come from the clusters (`auth.mode: kubernetes`) and not from roles of teams. */
export const useClustersDecide = (): boolean => useQuery(meQuery()).data?.rightsFrom === 'kubernetes'

/** Says, where it is so, that roles of teams do not count here. */
export function ClustersDecide() {
  if (!useClustersDecide()) return null
  return (
    <p className="mt-1 text-fg">
      The clusters say who may what here (<span className="font-mono text-xs">auth.mode: kubernetes</span>): groups and
      roles on this page give nobody a right.
    </p>
  )
}
