'use client'

import { useQuery } from '@tanstack/react-query'
import type { Window } from '@/core/time'
import type { SourceFreshness } from '@/core/world'
import { formatDateTime } from '../format'
import { sourcesQuery } from '../sources/queries'
import { windowAt } from '../time-range'
import { useCluster, useRecording, useTimeRange } from '../url-state'
import { useNow } from '../use-now'

type Told = Pick<SourceFreshness, 'cluster' | 'firstEventAt'>

/** Why nothing can be known of a time: no source told anything before its end, or it has not come. null: it may be. */
export function untoldWords(sources: readonly Told[], window: Window, now: number): string | null {
  if (window.from > now) return 'This time has not come yet.'
  const told = sources.flatMap(({ firstEventAt }) => firstEventAt ?? [])
  const first = Math.min(...told)
  return told.length > 0 && window.to <= first
    ? `No source told anything before ${formatDateTime(first, 'min')}.`
    : null
}

/** The same of the time range that the page is about: what was not recorded is no quiet time. */
export function useUntold(): string | null {
  const { data } = useQuery(sourcesQuery())
  const [recording] = useRecording()
  const [cluster] = useCluster()
  const { range } = useTimeRange()
  const now = useNow()
  if (!data || now === null || recording !== null || range.last !== undefined) return null
  const own = data.sources.filter((source) => cluster === null || source.cluster === cluster)
  return untoldWords(own, windowAt(range, now), now)
}
