'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Window } from '@/core/time'
import { marksQuery } from '../../charts/queries'
import { parseLast } from '../../time-range'
import { useSelection, useTimeRange, useViewParams } from '../../url-state'
import { stripParams } from './strip-range'
import { timelineQuery } from '../queries'

const minute = 60_000

/** The time to a minute, which is as fine as the strip's place needs; null until the page is alive. */
function useMinute(): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tell = () => setNow(Date.now())
    tell()
    const timer = setInterval(tell, minute)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** What the strip shows: totals and changes around the shown window, and which window that is. `whole`: of a recording. */
export function useStrip(whole: Window | undefined) {
  const params = useViewParams()
  const [sel] = useSelection()
  const { range, live } = useTimeRange()
  const now = useMinute()
  const strip = useMemo(() => stripParams(params, now ?? 0), [params, now])
  const ready = now !== null
  const { data: series, error, refetch } = useQuery({ ...timelineQuery(strip), enabled: ready })
  const { data } = useQuery({ ...marksQuery({ ...strip, sel: sel ?? undefined }), enabled: ready })
  const length = range.last === undefined ? range.to - range.from : (parseLast(range.last) ?? 0)
  const end = series?.window.to ?? 0
  const shown = range.last === undefined ? range : live ? { from: end - length, to: end } : whole
  return { series, marks: data?.marks, shown, length, error, refetch, endsLive: strip.last !== undefined }
}
