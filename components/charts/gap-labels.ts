import type { SourceGap } from '@/core/world'
import { formatCount } from '../format'
import { sourceName } from '../source-names'

export type GapLabel = { readonly words: string; /** Centre of the label. */ readonly x: number }

const charWidth = 5.9

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

/**
 * Labels above joined spans (shares 0..1) of a strip `width` wide with `ends` pixels taken at both ends;
 * the widest span first, and only where the words have room.
 */
export function gapLabels(
  gaps: readonly SourceGap[],
  spans: readonly (readonly [number, number])[],
  window: { readonly from: number; readonly to: number },
  width: number,
  ends: number,
): GapLabel[] {
  const length = window.to - window.from
  const labels: (GapLabel & { half: number })[] = []
  for (const [a, b] of spans.toSorted((p, q) => q[1] - q[0] - (p[1] - p[0]))) {
    const words = `▨ ${gapWords(gapsAt(gaps, window.from + a * length, window.from + b * length))}`
    const half = (words.length * charWidth) / 2
    const x = Math.max(ends + half, Math.min(width - ends - half, ((a + b) / 2) * width))
    if (words === '▨ ' || 2 * (ends + half) > width) continue
    if (labels.some((label) => Math.abs(label.x - x) < label.half + half + 12)) continue
    labels.push({ words, x: Math.round(x), half })
  }
  return labels.map(({ words, x }) => ({ words, x }))
}
