import type { Camera, Size } from './camera'
import type { Extent, Palette } from './paint'
import type { Prepared } from './prepare'
import type { Emphasis } from './renderer'
import type { SceneNode } from './scene'

const maxLabels = 180

/** Nodes by their shapes; from afar small squares, which cost least. */
export function paintNodes(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  view: Extent,
  palette: Palette,
  emphasis: Emphasis,
  k: number,
): void {
  const { lit, selected, matched, focused } = emphasis
  const simple = k < 0.3
  context.lineWidth = Math.max(1.3, 0.8 / k)
  for (const node of scene.nodes) {
    if (node.x < view.x0 || node.x > view.x1 || node.y < view.y0 || node.y > view.y1) continue
    const unwell = node.status === 'bad' || node.status === 'warn'
    const on = lit === null || lit.has(node.id)
    if (simple) {
      const side = Math.max(node.r * 1.3, 3 / k) * (unwell ? 1.5 : 1)
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
    if (node.id === selected || node.id === focused || matched.has(node.id)) {
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

/** Names at a constant size on screen: regions first, then what is unwell or lit, then the rest while there is room. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  camera: Camera,
  size: Size,
  palette: Palette,
  emphasis: Emphasis,
  all: boolean,
): void {
  const { x, y, k } = camera
  const taken: [number, number, number, number][] = []
  context.textAlign = 'center'
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = palette.canvas
  const put = (text: string, px: number, py: number, font: string, colour: string): void => {
    const half = text.length * 3.1 + 3
    if (px + half < 0 || px - half > size.width || py < 0 || py > size.height + 12 || taken.length >= maxLabels) return
    if (taken.some(([x0, y0, x1, y1]) => px + half > x0 && px - half < x1 && py > y0 && py - 12 < y1)) return
    taken.push([px - half, py - 12, px + half, py])
    context.font = `${font} 11px ${palette.font}`
    context.strokeText(text, px, py)
    context.fillStyle = colour
    context.fillText(text, px, py)
  }
  const { lit, selected, matched } = emphasis
  for (const region of scene.regions) {
    put(region.label, region.x * k + x, region.y * k + y, '550', palette['fg-2'])
  }
  const wanted = (node: SceneNode) => node.id === selected || matched.has(node.id) || (lit?.has(node.id) ?? false)
  const place = (node: SceneNode, font: string, colour: string) =>
    put(node.label, node.x * k + x, (node.y + node.r) * k + y + 13, font, colour)
  for (const node of scene.nodes) if (wanted(node)) place(node, '600', palette.fg)
  for (const node of scene.nodes) if (node.strong && k > 0.22) place(node, '600', palette.fg)
  if (all) for (const node of scene.nodes) if (lit === null || lit.has(node.id)) place(node, '450', palette['fg-2'])
}
