import { floorTo, tierMs } from '@/core/time'
import { readNewestEvent } from '@/server/db/sources/read-newest-event'
import { database } from './database'
import { processWide } from './process-wide'
import { pastTheWall } from './wall'

/** A source that is quiet or gone holds the window back no longer than this: then the gap comes into view. */
const maxBehindMs = 30_000
const freshMs = 1_000

/** End of the live window for the newest event (milliseconds, null without any) as of `now`: whole buckets, never ahead of the clock. */
export function liveEndOf(newest: number | null, now: number): number {
  const end = Math.min(now, Math.max(newest ?? 0, now - maxBehindMs))
  return floorTo(end, tierMs['10s'])
}

/** End of the live window, in milliseconds on a whole 10 s. One query a second at most, whatever the number of callers. */
export function liveEnd(): Promise<number> {
  const known = processWide('live-end', () => ({ at: 0, end: Promise.resolve(0) }))
  const now = Date.now()
  if (now - known.at < freshMs) return known.end
  known.at = now
  known.end = pastTheWall(
    () => readNewestEvent(database()),
    (newest) => liveEndOf(newest, now),
  )
  known.end.catch(() => {
    known.at = 0
  })
  return known.end
}
