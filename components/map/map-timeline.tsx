'use client'

import { useQuery } from '@tanstack/react-query'
import type { Window } from '@/core/time'
import { ApiError } from '../api'
import { Timeline } from '../charts/timeline'
import { Button } from '../ui/button'
import { useTimeRange, useViewParams } from '../url-state'
import { timelineQuery } from './timeline-query'
import { widerParams } from './wider-range'

/** Totals around the shown window, under the map. It keeps its height while loading, so that nothing jumps. */
export function MapTimeline({ shown }: { shown: Window | undefined }) {
  const params = useViewParams()
  const { live, setWindow } = useTimeRange()
  const { data, error, refetch } = useQuery(timelineQuery(widerParams(params)))
  return (
    <div className="h-[82px] shrink-0">
      {data && data.t.length > 0 && shown ? (
        <Timeline series={data} shown={shown} live={live} onSelect={(window) => void setWindow(window)} />
      ) : (
        <div className="flex h-full items-center justify-center gap-3 border-t border-line px-3.5 text-xs text-fg-2">
          {error && (
            <span role="alert" className="min-w-0 truncate">
              The timeline could not be loaded.{' '}
              {error instanceof ApiError ? error.message : 'The log of the server says why.'}
            </span>
          )}
          {error && (
            <Button size="sm" variant="quiet" onClick={() => void refetch()}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
