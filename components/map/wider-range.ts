import type { ViewParams } from '../queries'
import { longestMs, parseLast } from '../time-range'

/**
 * The same question over more time, for the strip: six times as long before now when live, both sides
 * when not; a recording as it is. Never more than the API answers.
 */
export function widerParams(params: ViewParams): ViewParams {
  const { last, from, to, recording } = params
  const lastMs = last === undefined ? null : parseLast(last)
  if (lastMs !== null) return { ...params, last: `${Math.round(Math.min(longestMs, lastMs * 6) / 1000)}s` }
  if (recording !== undefined) return { ...params, from: undefined, to: undefined }
  if (from === undefined || to === undefined) return params
  const length = to - from
  const margin = Math.max(0, Math.floor(Math.min(length * 1.25, (longestMs - length) / 2)))
  return { ...params, from: Math.max(0, from - margin), to: to + margin }
}
