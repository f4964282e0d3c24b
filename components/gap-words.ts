import type { GapCause } from '@/core/observation'
import type { SourceGap } from '@/core/world'
import { formatCount, formatSpan, formatWhen } from './format'

/** What each cause of a gap is called. */
export const causeWords: Readonly<Record<GapCause, string>> = {
  source_down: 'source unreachable',
  node_down: 'node disconnected',
  lost_events: 'events lost at the source',
  collector_down: 'Oriel was not collecting',
  overload: 'dropped by overload',
  malformed: 'unreadable records',
  unknown: 'cause unknown',
}

export const causeWord = (cause: string): string =>
  Object.hasOwn(causeWords, cause) ? causeWords[cause as GapCause] : cause

/** A gap as a sentence: `Hubble lost 1,204 events, 13:26 – 13:29`, with dates where it was not today. `name` is what the source is called. */
export function gapSentence(gap: SourceGap & { readonly isLeast?: boolean }, name: string, now = Date.now()): string {
  const who = gap.part ? `${name} on ${gap.part}` : name
  const when = gap.to === null ? `since ${formatWhen(gap.from, 'min', now)}` : formatSpan(gap.from, gap.to, now)
  const lost =
    gap.lost === null
      ? 'an unknown number of events'
      : `${gap.isLeast ? 'at least ' : ''}${formatCount(gap.lost)} ${gap.lost === 1 ? 'event' : 'events'}`
  switch (gap.cause) {
    case 'source_down':
    case 'node_down':
      return gap.to === null ? `${who} gone ${when}` : `${who} was gone ${when}`
    case 'collector_down':
      return `Oriel was not collecting from ${who} ${when}`
    case 'overload':
      return `Oriel dropped ${lost} of ${who} by overload, ${when}`
    case 'malformed':
      return `${who} sent ${lost} that could not be read, ${when}`
    case 'lost_events':
      return `${who} lost ${lost}, ${when}`
    case 'unknown':
      return `${who} is missing ${lost}, ${when}`
  }
}
