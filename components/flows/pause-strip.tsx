'use client'

import { formatCount, plural } from '../format'
import { useLiveState } from '../live'
import { useSessionEnded } from '../session-state'
import { followWords } from '../shell/live-words'
import { Button } from '../ui/button'
import { maxWaiting } from './tail'
import { recordTime, type Zone } from './when'

type Props = {
  live: boolean
  reading: boolean
  waiting: number
  /** No more are read until the viewer goes on. */
  full: boolean
  /** The moment that the list begins at; null: with the newest. */
  at: number | null
  zone: Zone
  onPause: () => void
  onResume: () => void
  onNewest: () => void
}

/** Whether the list follows, what waits while it does not, and how to go on. Always of the same height, so that nothing moves. */
export function PauseStrip({ live, reading, waiting, full, at, zone, onPause, onResume, onNewest }: Props) {
  const stream = useLiveState()
  const ended = useSessionEnded()
  if (!live && at === null) return null
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-panel px-3 text-xs text-fg-2">
      {at !== null ? (
        <>
          <span>Begins at {recordTime(at, zone, true).replace(/\.000$/, '')} and goes back from there</span>
          <Button size="sm" variant="quiet" onClick={onNewest}>
            Go to the newest
          </Button>
        </>
      ) : reading ? (
        <>
          <span>
            Paused while you read
            {waiting > 0 && ` · ${plural(waiting, 'new flow')}${full ? ' or more' : ''} waiting`}
            {waiting > 0 && <span className="text-fg-3"> (up to {formatCount(maxWaiting)} are held)</span>}
          </span>
          <Button size="sm" onClick={onResume}>
            Resume
          </Button>
        </>
      ) : (
        <>
          <span>{followWords(stream, ended)}</span>
          {!ended && (
            <Button size="sm" variant="quiet" onClick={onPause}>
              Pause
            </Button>
          )}
        </>
      )}
    </div>
  )
}
