'use client'

import { useCallback } from 'react'
import { formatAgo } from '../format'
import { refreshMs, useLiveState } from '../live'
import { useSessionEnded } from '../session-state'
import { StatusMark } from '../status-mark'
import { defaultLast, windowAt } from '../time-range'
import { useTimeRange } from '../url-state'
import { buttonClass } from '../ui/button'
import { useNow } from '../use-now'
import { liveWords } from './live-words'
import { useShortcut } from './use-shortcuts'

/** Past two refreshes and a bucket, what is shown is called old. */
const staleMs = 2 * refreshMs + 20_000

/** Wide enough for all that it says: what stands beside it never moves. A narrow window has no such room. */
const everyWord = 'xl:min-w-[8.5rem] justify-start!'

/** Live, paused or lost; how old what is shown is. Pausing turns the moving range into the one just seen. */
export function LiveIndicator({ asOf, timeless }: { asOf: number | null; timeless: boolean }) {
  const { range, live, setLast, setWindow } = useTimeRange()
  const state = useLiveState()
  const ended = useSessionEnded()
  const now = useNow()
  const follows = timeless || live
  const toggle = useCallback(() => {
    if (live) void setWindow(windowAt(range, asOf ?? Date.now()))
    else void setLast(defaultLast)
  }, [live, range, asOf, setLast, setWindow])
  useShortcut('live', timeless ? null : toggle)

  const stale = follows && asOf !== null && now !== null && now - asOf > staleMs
  const shown = follows
    ? liveWords(state, ended)
    : { status: 'unknown' as const, word: 'Paused', say: 'A range that stands still. Press to follow new data.' }
  const age = asOf === null || now === null || !follows ? '' : formatAgo(Math.min(asOf, now), now)
  const content = (
    <>
      <StatusMark status={stale ? 'unknown' : shown.status} label={shown.word} />
      {stale ? <span className="text-xs text-fg-3">as of {age}</span> : <span aria-hidden="true">{shown.word}</span>}
    </>
  )
  const title = age ? `${shown.say} Data as of ${age}.` : shown.say
  if (timeless) {
    return (
      <span className="inline-flex h-[30px] items-center gap-1.5 px-1 text-fg-2" title={title}>
        {content}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={`${buttonClass()} ${everyWord}`}
      aria-pressed={live}
      title={title}
      onClick={toggle}
    >
      <span className="sr-only">Follow new data: </span>
      {content}
    </button>
  )
}
