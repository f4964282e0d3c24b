import type { ViewParams } from '../../view-query'
import { lastOf, longestMs, parseLast } from '../../time-range'

const hour = 3_600_000
const day = 24 * hour
/** How much time the strip may be of. */
const spans = [hour, 6 * hour, day, 7 * day, 30 * day, 90 * day, longestMs]

/**
 * The same question over more time, for the strip: the shortest span at least twice as long. It ends at
 * the newest data while the window lies in the span before `now` (milliseconds), and else stands still around it,
 * whatever way the window moves a little. A recording as it is. Never more than the API answers.
 */
export function stripParams(params: ViewParams, now: number): ViewParams {
  const { last, from, to, recording } = params
  if (recording !== undefined) return { ...params, last: undefined, from: undefined, to: undefined }
  const lastMs = last === undefined ? null : parseLast(last)
  if (lastMs !== null) return { ...params, last: lastOf(spanOf(lastMs)) }
  if (from === undefined || to === undefined) return params
  const span = spanOf(to - from)
  if (from >= now - span && to <= now + hour) return { ...params, from: undefined, to: undefined, last: lastOf(span) }
  const quarter = span / 4
  const fits = span >= 2 * (to - from)
  const start = (from + to - span) / 2
  const begin = Math.max(0, fits ? Math.floor(start / quarter) * quarter : Math.floor(start))
  return { ...params, from: begin, to: begin + span }
}

const spanOf = (length: number): number => spans.find((span) => span >= 2 * length) ?? longestMs
