'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { acrossMoment } from '@/core/compare/compare-window'
import type { Window } from '@/core/time'
import { ApiError } from '../../api'
import { Timeline } from '../../charts/timeline'
import { graphQuery } from '../queries'
import { useShortcut } from '../../shell/use-shortcuts'
import { lastOf } from '../../time-range'
import { useFrozenToken, useTimeRange, useVersus } from '../../url-state'
import { useAnnounce } from '../../ui/announcer'
import { Button } from '../../ui/button'
import { PlayControls } from './play-controls'
import { useGraphParams } from '../use-graph'
import { firstFrame, nextFrame, usePlay } from './use-play'
import { useStrip } from './use-strip'

/** So near to the newest data a chosen window follows it. */
const liveMs = 5_000

/** Totals and changes around the shown window, under the map; plays it. It keeps its height while loading, so that nothing jumps. */
export function MapTimeline({ shown: whole }: { shown: Window | undefined }) {
  const params = useGraphParams()
  const client = useQueryClient()
  const announce = useAnnounce()
  const { live, setLast, setWindow, showWhole } = useTimeRange()
  const { series, marks, shown, length, error, refetch, endsLive } = useStrip(whole)
  const end = series?.window.to ?? 0

  const goLive = useCallback(() => {
    if (params.recording === undefined) void setLast(lastOf(length))
    else void showWhole()
  }, [params.recording, setLast, showWhole, length])
  const select = (window: Window) => {
    if (endsLive && window.to >= end - liveMs) void setLast(lastOf(window.to - window.from))
    else void setWindow(window)
  }
  const film = usePlay({
    shown,
    end,
    prepare: (window) => client.prefetchQuery(graphQuery({ ...params, last: undefined, ...window })),
    show: (window) => void setWindow(window, 'replace'),
    onEnd: () => {
      announce('The film has come to its end.')
      if (endsLive) goLive()
    },
  })
  const toggle = () => {
    if (film.playing) return film.pause()
    if (series && shown && (live || nextFrame(shown, end) === null)) {
      const from = Math.max(series.window.from, series.firstData ?? 0)
      void setWindow(firstFrame(shown.to - shown.from, { from, to: end }))
    }
    return film.play()
  }
  // A frozen view has one time.
  const frozen = useFrozenToken() !== null
  const [, setVersus] = useVersus()
  const comparing = (at: number) => {
    const across = shown && acrossMoment(at, shown.to - shown.from, end)
    if (!across) return null
    return () => {
      void setWindow(across.window)
      void setVersus(across.versus)
    }
  }
  useShortcut('time.play', frozen ? null : toggle)
  return (
    <div className="h-[82px] shrink-0">
      {series && series.t.length > 0 && shown ? (
        <Timeline
          series={series}
          shown={shown}
          live={live}
          marks={marks}
          onSelect={select}
          onLive={goLive}
          comparing={frozen || params.recording !== undefined ? undefined : comparing}
        >
          {!frozen && (
            <PlayControls
              playing={film.playing}
              speed={film.speed}
              live={live}
              canLive={params.recording === undefined}
              onPlay={toggle}
              onSpeed={film.setSpeed}
              onLive={goLive}
            />
          )}
        </Timeline>
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
