import { readRecordings } from '@/server/db/recordings/read-recordings'
import { database } from './database'
import { liveEnd } from './live-end'
import type { TimeParams } from './params'
import { pastTheWall } from './wall'
import { type Moments, settleWhen, type When } from './when'

/** Where windows get what moves from: the newest data and the recordings. */
const moments: Moments = {
  liveEnd,
  recordingSpan: (id) =>
    pastTheWall(
      () => readRecordings(database()),
      (all) => all.find((recording) => recording.id === id) ?? null,
    ),
}

/** `settle` of windowed views: the time parameters become a fixed window, the others stay. */
export async function settleWindow<P extends TimeParams>(params: P): Promise<Omit<P, keyof TimeParams> & When> {
  const { last, from, to, recording, ...rest } = params
  return { ...rest, ...(await settleWhen({ last, from, to, recording }, moments)) }
}
