import type { Camera } from './camera'
import { captionPoint } from './curve'
import { type Palette, nearZoom } from './palette'
import type { Prepared } from './prepare'

/** What is written on edges, at a constant size on screen; from afar only on what is active. */
export function paintCaptions(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  { x, y, k }: Camera,
  palette: Palette,
  captions: ReadonlyMap<string, string>,
  active: ReadonlySet<string>,
): void {
  context.font = `450 10.5px ${palette.font}`
  context.textAlign = 'center'
  context.lineJoin = 'round'
  context.lineWidth = 3.5
  context.strokeStyle = palette.canvas
  context.fillStyle = palette.fg
  for (const [id, text] of captions) {
    if (k < nearZoom && !active.has(id)) continue
    const edge = scene.edge(id)
    if (!edge) continue
    const [cx, cy] = captionPoint(edge)
    context.strokeText(text, cx * k + x, cy * k + y - 5)
    context.fillText(text, cx * k + x, cy * k + y - 5)
  }
}
