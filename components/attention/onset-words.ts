import type { FindingOnset, NearChange } from '@/core/findings/finding'
import { formatDuration, formatMs, formatPercent, formatWhen } from '../format'

/** `for 14 min`, `for at least 30 min`, or `from 14:22 to 14:31` where it is over; `now`: end of what is shown. */
export function sinceWords({ at, atLeast, until }: FindingOnset, now: number): string {
  if (until !== null) return `${atLeast ? 'until' : `from ${formatWhen(at, 'min')} to`} ${formatWhen(until, 'min')}`
  return `for ${atLeast ? 'at least ' : ''}${formatDuration(Math.max(0, now - at))}`
}

const level = (figure: FindingOnset['figure'], value: number) =>
  figure === 'p95' ? formatMs(value) : formatPercent(value)

/** `p95 there rose from 62 ms to 741 ms at 14:22`; '' where it was so from the beginning. */
export function riseWords(onset: FindingOnset, where = ''): string {
  const { figure, at, atLeast, earliest, before, after, until } = onset
  if (atLeast || before === null) return ''
  const gap = earliest !== null && at - earliest > leastGapMs
  const when = gap
    ? `between ${formatWhen(earliest, 'min')} and ${formatWhen(at, 'min')}`
    : `at ${formatWhen(at, 'min')}`
  const what = figure === 'p95' ? 'p95' : 'errors'
  const place = where && ` ${where}`
  const then = until === null ? 'since' : `until ${formatWhen(until, 'min')}`
  if (before === 0) return `${what}${place} began ${when}, ${level(figure, after)} ${then}`
  return `${what}${place} rose from ${level(figure, before)} to ${level(figure, after)} ${when}`
}

/** What lies between two steps is no gap. */
const leastGapMs = 120_000

const verbs: Readonly<Record<string, string>> = {
  deploy: 'was deployed',
  restart: 'was restarted',
  policy: 'was changed',
}

/** `bff was deployed at 14:15 (1.4.2)`, `nothing was deployed`, or '' where nobody can tell. */
export function changeWords(change: NearChange | null, changesSeen: boolean, onset: FindingOnset | null): string {
  if (change) {
    const what = change.kind === 'policy' ? `the policy ${change.name}` : change.name
    return `${what} ${verbs[change.kind] ?? 'changed'} at ${formatWhen(change.at, 'min')}${change.to ? ` (${change.to})` : ''}`
  }
  return changesSeen && onset && !onset.atLeast ? 'nothing was deployed' : ''
}

/** Clauses as one sentence: `Nothing was deployed; p95 rose at 14:22.`; '' of none. */
export function sentenceOf(clauses: readonly string[]): string {
  const text = clauses.filter(Boolean).join('; ')
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
