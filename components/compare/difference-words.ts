import { type Difference, differences } from '@/core/compare/compare'
import type { Comparison } from '@/core/compare/compare-graphs'
import { formatCount } from '../format'
import type { Status } from '../status-mark'

/** How a difference is marked and called, by the status grammar: what got worse speaks, what got better is quiet. */
export const differenceLook: Readonly<
  Record<Difference, { readonly status: Status; readonly word: string; readonly glyph: string }>
> = {
  failing: { status: 'bad', word: 'failing', glyph: '×' },
  denied: { status: 'bad', word: 'newly denied', glyph: '⊘' },
  new: { status: 'audit', word: 'new', glyph: '+' },
  gone: { status: 'unknown', word: 'gone', glyph: '−' },
  slower: { status: 'warn', word: 'slower', glyph: '↑' },
  more: { status: 'audit', word: 'more traffic', glyph: '»' },
  less: { status: 'audit', word: 'less traffic', glyph: '«' },
  faster: { status: 'ok', word: 'faster', glyph: '↓' },
  recovered: { status: 'ok', word: 'recovered', glyph: '✓' },
  allowed: { status: 'ok', word: 'no longer denied', glyph: '✓' },
  unknown: { status: 'unknown', word: 'cannot be compared', glyph: '?' },
}

/** `failing, slower`; '' for none. */
export const differenceWords = (found: readonly Difference[]): string =>
  found.map((each) => differenceLook[each].word).join(', ')

/** Counts in the order of importance: `3 new`. */
export const countWords = (
  counts: Comparison['counts'],
): readonly { readonly difference: Difference; readonly words: string }[] =>
  differences.flatMap((difference) => {
    const n = counts[difference]
    return n ? [{ difference, words: `${formatCount(n)} ${differenceLook[difference].word}` }] : []
  })
