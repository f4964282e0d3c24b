import { ceilTo, floorTo, tierMs, type Window } from '@/core/time'
import type { TimeParams } from './params'
import { noRecording } from './recording-scope'

/** The span that a question is about, fixed: whole 10 s, and of live data (`recording` null) or of a recording. */
export type When = { readonly window: Window; readonly recording: number | null }

const defaultLastMs = 15 * 60_000
const step = tierMs['10s']

export type Moments = {
  liveEnd(): Promise<number>
  /** Span of a recording; null where there is none of that id. */
  recordingSpan(id: number): Promise<{ readonly from: number | null; readonly to: number | null } | null>
}

/** Fixes what moves in the time parameters. Throws AppError('not_found') for a recording that does not exist. */
export async function settleWhen(params: TimeParams, moments: Moments): Promise<When> {
  const { last = defaultLastMs, from, to, recording } = params
  const asked = from !== undefined && to !== undefined ? { from, to } : null
  if (recording !== undefined) {
    const span = await moments.recordingSpan(recording)
    if (!span) throw noRecording(recording)
    return { recording, window: whole(asked ?? { from: span.from ?? 0, to: span.to === null ? 0 : span.to + 1 }) }
  }
  if (asked) return { recording: null, window: whole(asked) }
  const end = await moments.liveEnd()
  return { recording: null, window: { from: end - ceilTo(last, step), to: end } }
}

/** Outward to whole steps; at least one. */
function whole({ from, to }: Window): Window {
  const start = floorTo(from, step)
  return { from: start, to: Math.max(start + step, ceilTo(to, step)) }
}
