import type { Figures } from '@/core/figures/figures'
import type { Status } from '../../status-mark'

export type Tone = 'quiet' | Exclude<Status, 'ok'> | 'ok'

/** How an edge is drawn: the status grammar. `dash` is an SVG dash array; '' is solid. `glyph` stands at its middle. */
export type EdgeStyle = {
  readonly tone: Tone
  readonly dash: string
  readonly head: 'arrow' | 'bar'
  readonly glyph: 'none' | 'open' | 'half'
}

/** Whether at least half of what was seen was denied. */
export function isDenied(figures: Figures): boolean {
  const deniedCount = figures.verdicts.denied ?? 0
  if (deniedCount === 0) return false
  const all = Object.values(figures.verdicts).reduce((sum, count) => sum + (count ?? 0), 0)
  return deniedCount * 2 >= all
}

/** Requests a second where known, else flow events a second, else 0: for widths and order only, never shown. */
export const strength = (figures: Figures | null): number => figures?.requestRate ?? figures?.flowRate ?? 0
