import type uPlot from 'uplot'
import type { Mark } from '@/core/mark'

/** A span of time in milliseconds; `to` null: still going on. */
export type Span = { readonly from: number; readonly to: number | null }

const hatchStep = 6

/** Hatches spans without data, under the lines of a chart. */
export function drawGaps({ ctx, bbox, valToPos }: uPlot, gaps: readonly Span[], colour: string): void {
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.5
  ctx.lineWidth = devicePixelRatio
  for (const { from, to } of gaps) {
    const left = Math.max(bbox.left, valToPos(from / 1000, 'x', true))
    const right = Math.min(bbox.left + bbox.width, to === null ? Infinity : valToPos(to / 1000, 'x', true))
    if (!(right > left)) continue
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, bbox.top, Math.max(2, right - left), bbox.height)
    ctx.clip()
    ctx.beginPath()
    for (let x = left - bbox.height; x < right; x += hatchStep * devicePixelRatio) {
      ctx.moveTo(x, bbox.top + bbox.height)
      ctx.lineTo(x + bbox.height, bbox.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  ctx.restore()
}

/** Draws a dashed line with a triangle on it for each change, over the lines of a chart. */
export function drawMarks({ ctx, bbox, valToPos }: uPlot, marks: readonly Mark[], colour: string): void {
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  const half = 4 * devicePixelRatio
  for (const { at } of marks) {
    const x = Math.round(valToPos(at / 1000, 'x', true))
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.beginPath()
    ctx.moveTo(x - half, bbox.top + half * 1.6)
    ctx.lineTo(x + half, bbox.top + half * 1.6)
    ctx.lineTo(x, bbox.top)
    ctx.fill()
  }
  ctx.restore()
}
