import type uPlot from 'uplot'
import type { HeatMap, HeatRow } from '@/core/series/heat-map'
import { formatMs } from '../format'

/** Drawn at least so faint, so that a single response is seen. */
const faintest = 0.14

/**
 * Draws the cells: the more responses of a step, the stronger. A row that begins at the tolerance or above has
 * the colour of a warning, others the accent.
 */
export function paintHeat(plot: uPlot, colour: (token: string) => string, heat: HeatMap): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  const top = heat.counts.reduce((most, column) => Math.max(most, ...(column ?? [])), 0)
  if (top === 0) return
  const [usual, slow] = [colour('--accent'), colour('--warn')]
  const gap = Math.min(ratio, (bbox.width / Math.max(1, heat.t.length)) * 0.15)
  ctx.save()
  for (const [step, column] of heat.counts.entries()) {
    const start = heat.t[step]
    if (!column || start === undefined) continue
    const left = Math.max(bbox.left, plot.valToPos(start / 1000, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos((start + heat.stepMs) / 1000, 'x', true))
    for (const [row, n] of column.entries()) {
      if (n === 0) continue
      const bottom = plot.valToPos(row, 'y', true)
      const above = plot.valToPos(row + 1, 'y', true)
      ctx.fillStyle = (heat.rows[row]?.low ?? 0) >= heat.slowFrom ? slow : usual
      ctx.globalAlpha = faintest + (1 - faintest) * Math.sqrt(n / top)
      ctx.fillRect(left, above, Math.max(1, right - left - gap), Math.max(1, bottom - above - gap))
    }
  }
  ctx.restore()
}

/** The row at a height of the drawing; null outside. */
export function rowAt(heat: HeatMap, value: number): number | null {
  const row = Math.floor(value)
  return row >= 0 && row < heat.rows.length ? row : null
}

/** `84 ms to 119 ms`, `2.5 s or longer`. */
export function rowWords(row: HeatRow | undefined): string {
  if (!row) return ''
  return row.high === null ? `${formatMs(row.low)} or longer` : `${formatMs(row.low)} to ${formatMs(row.high)}`
}
