import type { ViewParams } from '../queries'
import { parseLast } from '../time-range'

const longestSeconds = 400 * 86_400

/** The same question over more time, for the strip: six times as long before now when live, both sides when not; a recording as it is. */
export function widerParams(params: ViewParams): ViewParams {
  const { last, from, to, recording } = params
  const lastMs = last === undefined ? null : parseLast(last)
  if (lastMs !== null) return { ...params, last: `${Math.min(longestSeconds, Math.round((lastMs * 6) / 1000))}s` }
  if (recording !== undefined) return { ...params, from: undefined, to: undefined }
  if (from === undefined || to === undefined) return params
  const margin = Math.round((to - from) * 1.25)
  return { ...params, from: from - margin, to: to + margin }
}
