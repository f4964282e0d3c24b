import { parseMoment } from '@/core/time-param'
import { longestMs, parseLast } from '../../time-range'

/** Why the time in an address of the audit cannot be shown, as a sentence; null where it can. Empty values ask for nothing. */
export function auditRangeProblem(search: Pick<URLSearchParams, 'get'>): string | null {
  const [past, since, until] = ['past', 'since', 'until'].map((name) => search.get(name) || null)
  if (!since && !until)
    return past && parseLast(past) === null
      ? 'It is no length of time from a second to 400 days, such as 36h or 7d.'
      : null
  if (!since || !until) return `It has no ${since ? 'end' : 'start'}.`
  const [from, to] = [parseMoment(since), parseMoment(until)]
  if (from === null || to === null) return `Its ${from === null ? 'start' : 'end'} cannot be read.`
  if (to <= from) return 'It ends before it starts.'
  return to - from > longestMs ? 'It is longer than 400 days, the most that is shown at once.' : null
}
