import type { SourceGap } from '@/core/world'
import { formatCount } from '../format'
import { sourceName } from '@/core/sources/source-name'

/** What is missing in a span, in a few words: `Hubble lost 1,204 events`; '' where nothing is. */
export function gapWords(gaps: readonly SourceGap[]): string {
  if (gaps.length === 0) return ''
  const names = [...new Set(gaps.map((gap) => sourceName(gap.source.split(/[/:]/)[0] ?? '')))]
  const who = names.length === 1 ? (names[0] ?? '') : `${names.length} sources`
  if (gaps.some((gap) => gap.cause === 'source_down')) return `${who} gone`
  if (gaps.some((gap) => gap.cause === 'collector_down')) return 'not collecting'
  if (gaps.every((gap) => gap.cause === 'node_down')) return `${who} missed ${gaps.length === 1 ? 'a node' : 'nodes'}`
  const lost = gaps.reduce<number | null>((sum, gap) => (sum === null || gap.lost === null ? null : sum + gap.lost), 0)
  return lost === null ? `${who} lost events` : `${who} lost ${formatCount(lost)} ${lost === 1 ? 'event' : 'events'}`
}

/** The gaps open at some time. */
export const gapsAt = (gaps: readonly SourceGap[], from: number, to: number): SourceGap[] =>
  gaps.filter((gap) => gap.from < to && (gap.to ?? Infinity) >= from)
