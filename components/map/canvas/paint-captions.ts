import type { Camera, Size } from '../camera/camera'
import { captionPoint } from '../scene/curve'
import { type Palette, nearZoom } from '../scene/palette'
import { loudness, type Prepared } from '../scene/prepare'

const glyphSize = 5

/** Open locks on edges in plaintext, half ones where a part of the traffic is; not from afar. */
export function paintGlyphs(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  { x, y, k }: Camera,
  size: Size,
  palette: Palette,
): void {
  if (k < nearZoom) return
  context.lineWidth = 1.3
  // What has a glyph is loud, and the loud come first.
  for (const edge of scene.edges) {
    if (loudness[edge.tone] === 0) return
    if (edge.glyph === 'none') continue
    const [cx, cy] = captionPoint(edge)
    const [px, py] = [cx * k + x, cy * k + y]
    if (px < 0 || py < 0 || px > size.width || py > size.height) continue
    context.fillStyle = palette.canvas
    context.strokeStyle = palette[edge.tone]
    context.beginPath()
    context.arc(px, py, glyphSize + 2, 0, 2 * Math.PI)
    context.fill()
    context.beginPath()
    context.arc(px, py - 2, 2.4, Math.PI, 1.8 * Math.PI)
    context.stroke()
    context.strokeRect(px - 3.6, py - 0.6, 7.2, glyphSize)
    context.fillStyle = palette[edge.tone]
    context.fillRect(
      px - 3.6,
      edge.glyph === 'open' ? py - 0.6 : py + 1.9,
      7.2,
      edge.glyph === 'open' ? glyphSize : 2.5,
    )
  }
}

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
