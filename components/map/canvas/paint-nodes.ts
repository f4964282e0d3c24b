import type { Emphasis } from '../renderer'
import type { Extent, Palette } from '../scene/palette'
import type { SceneNode } from '../scene/scene-parts'

/** Below this zoom nodes are squares. */
export const simpleZoom = 0.3

/** Nodes by their shapes; from afar small squares, which cost least. */
export function paintNodes(
  context: CanvasRenderingContext2D,
  nodes: readonly SceneNode[],
  view: Extent,
  palette: Palette,
  emphasis: Emphasis,
  k: number,
): void {
  const { lit, selected, second, matched, focused, pinned } = emphasis
  const simple = k < simpleZoom
  context.lineWidth = Math.max(1.3, 0.8 / k)
  for (const node of nodes) {
    if (node.x < view.x0 || node.x > view.x1 || node.y < view.y0 || node.y > view.y1) continue
    const unwell = node.status === 'bad' || node.status === 'warn'
    const on = lit === null || lit.has(node.id)
    if (simple) {
      const side = Math.max(node.r * 1.3, 3 / k) * (node.status === 'bad' ? 2 : unwell ? 1.5 : 1)
      context.fillStyle = on ? (unwell ? palette[node.status] : palette['line-strong']) : palette.line
      context.fillRect(node.x - side / 2, node.y - side / 2, side, side)
    } else {
      context.fillStyle = palette.raised
      context.strokeStyle = on ? (unwell ? palette[node.status] : palette['line-strong']) : palette.line
      context.beginPath()
      outline(context, node)
      context.fill()
      context.stroke()
      if (unwell) {
        context.fillStyle = palette[node.status]
        mark(context, node)
      }
    }
    if (pinned.has(node.id)) {
      context.fillStyle = palette['fg-2']
      context.fillRect(node.x - node.r * 0.8 - 2.5, node.y - node.r * 0.8 - 2.5, 5, 5)
    }
    if (node.id === selected || node.id === second || node.id === focused || matched.has(node.id)) {
      context.strokeStyle = palette.accent
      context.beginPath()
      context.arc(node.x, node.y, node.r + 6, 0, 2 * Math.PI)
      context.stroke()
    }
  }
}

function outline(context: CanvasRenderingContext2D, { x, y, r, shape }: SceneNode): void {
  if (shape === 'box') context.roundRect(x - r * 1.06, y - r * 0.9, r * 2.12, r * 1.8, 3)
  else if (shape === 'region') context.roundRect(x - r * 1.15, y - r, r * 2.3, r * 2, r * 0.55)
  else if (shape === 'diamond') {
    context.moveTo(x, y - r)
    context.lineTo(x + r, y)
    context.lineTo(x, y + r)
    context.lineTo(x - r, y)
    context.closePath()
  } else if (shape === 'hexagon' || shape === 'service') {
    const w = r * 1.1
    const corners = [0, 1, 2, 3, 4, 5].map((at) => (at * Math.PI) / 3)
    for (const angle of corners) context.lineTo(x + w * Math.cos(angle), y + w * Math.sin(angle))
    context.closePath()
  } else context.arc(x, y, r, 0, 2 * Math.PI)
}

function mark(context: CanvasRenderingContext2D, { x, y, r, status }: SceneNode): void {
  const [mx, my] = [x + r * 0.8, y - r * 0.8]
  if (status === 'bad') return context.fillRect(mx - 4.5, my - 4.5, 9, 9)
  context.beginPath()
  context.moveTo(mx, my - 5.2)
  context.lineTo(mx + 5.2, my + 4)
  context.lineTo(mx - 5.2, my + 4)
  context.fill()
}
