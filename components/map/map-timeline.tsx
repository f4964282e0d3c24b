'use client'

import { useQuery } from '@tanstack/react-query'
import type { Window } from '@/core/time'
import { Timeline } from '../charts/timeline'
import { useTimeRange, useViewParams } from '../url-state'
import { timelineQuery } from './timeline-query'
import { widerParams } from './wider-range'

/** Totals around the shown window, under the map. It keeps its height while loading, so that nothing jumps. */
export function MapTimeline({ shown }: { shown: Window | undefined }) {
  const params = useViewParams()
  const { live, setWindow } = useTimeRange()
  const { data } = useQuery(timelineQuery(widerParams(params)))
  return (
    <div className="h-[82px] shrink-0">
      {data && data.t.length > 0 && shown ? (
        <Timeline series={data} shown={shown} live={live} onSelect={(window) => void setWindow(window)} />
      ) : (
        <div className="h-full border-t border-line" />
      )}
    </div>
  )
}
