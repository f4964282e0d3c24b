'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { floorTo, tierMs, type Window } from '@/core/time'
import { REGISTRY } from '../pages'
import { sourcesQuery } from '../sources/queries'
import { windowAt } from '../time-range'
import { useRecording, useTimeRange } from '../url-state'

/** What a share is about: the page and, where it has one, the time that it shows. */
export type Shown = {
  readonly title: string
  /** null on pages that are about now. */
  readonly window: Window | null
  /** Whether the range moves with the clock. */
  readonly moving: boolean
}

/** `asOf`: the newest moment that the page's data covers; null while there is none. */
export function useShown(title: string, asOf: number | null, timeless: boolean): Shown {
  const { range, whole, live } = useTimeRange()
  const [recording] = useRecording()
  const { data } = useQuery({ ...sourcesQuery(), enabled: whole })
  const path = usePathname()
  const page = REGISTRY.find((each) => each.path === path)?.title ?? title
  if (timeless) return { title: page, window: null, moving: false }
  if (whole) {
    const found = data?.recordings.find((row) => row.id === recording)
    const known = found && found.from !== null && found.to !== null
    return { title: page, window: known ? { from: found.from ?? 0, to: (found.to ?? 0) + 1 } : null, moving: false }
  }
  if (!live) return { title: page, window: windowAt(range, 0), moving: false }
  return { title: page, window: asOf === null ? null : windowAt(range, floorTo(asOf, tierMs['10s'])), moving: true }
}
