import type uPlot from 'uplot'

/** A moment on the time axis that is marked, with the words that go with it. */
export type PlotMark = { readonly at: number; readonly words: string }

/** Hatches spans without data. Spans are shares 0..1 of the drawn width. */
export function drawGaps(plot: uPlot, spans: readonly (readonly [number, number])[], colour: string): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.4
  ctx.lineWidth = ratio
  for (const [a, b] of spans) {
    const left = bbox.left + a * bbox.width
    const width = Math.max(2 * ratio, (b - a) * bbox.width)
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, bbox.top, width, bbox.height)
    ctx.clip()
    ctx.beginPath()
    for (let x = left - bbox.height; x < left + width; x += 6 * ratio) {
      ctx.moveTo(x, bbox.top + bbox.height)
      ctx.lineTo(x + bbox.height, bbox.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  ctx.restore()
}

/** A dashed line at each mark, with a small triangle at its foot. */
export function drawMarks(plot: uPlot, marks: readonly PlotMark[], colour: string): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = ratio
  for (const { at } of marks) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true)) + 0.5
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    const bottom = bbox.top + bbox.height
    ctx.setLineDash([3 * ratio, 3 * ratio])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bottom)
    ctx.stroke()
    ctx.setLineDash([])
    ctx.beginPath()
    ctx.moveTo(x - 4 * ratio, bottom)
    ctx.lineTo(x + 4 * ratio, bottom)
    ctx.lineTo(x, bottom - 6 * ratio)
    ctx.fill()
  }
  ctx.restore()
}
