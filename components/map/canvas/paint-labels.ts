import type { Camera, Size } from '../camera/camera'
import type { Prepared } from '../scene/prepare'
import type { Emphasis } from '../renderer'
import { type Palette, farZoom, nearZoom } from '../scene/palette'
import type { SceneNode } from '../scene/scene-parts'

const maxLabels = 150
const cell = 64

/**
 * Names at a constant size on screen, none over another: regions first, then what is lit, then what is
 * unwell, then the rest while there is room. A name on screen is tested only against those near it.
 */
export function paintLabels(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  { x, y, k }: Camera,
  size: Size,
  palette: Palette,
  { lit, selected, matched }: Emphasis,
): void {
  const free = roomFor(size)
  let left = maxLabels
  context.textAlign = 'center'
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = palette.canvas
  const style = (weight: number, colour: string) => {
    context.font = `${weight} 11px ${palette.font}`
    context.fillStyle = colour
  }
  const put = (text: string, half: number, px: number, py: number): void => {
    if (left === 0 || px + half < 0 || px - half > size.width || py < 0 || py > size.height + 12) return
    if (!free(px - half, py - 11, px + half, py + 2)) return
    left--
    context.strokeText(text, px, py)
    context.fillText(text, px, py)
  }
  const name = (node: SceneNode) => put(node.label, node.half - 4, node.x * k + x, (node.y + node.r) * k + y + 13)

  style(550, palette['fg-2'])
  for (const region of scene.regions)
    put(region.label, region.label.length * 3.3 + 3, region.x * k + x, region.y * k + y)
  style(600, palette.fg)
  for (const id of [selected ?? '', ...matched, ...(lit ?? [])]) {
    const node = scene.node(id)
    if (node) name(node)
  }
  const shown = (node: SceneNode) => lit === null || lit.has(node.id)
  for (const status of ['bad', 'warn'] as const) {
    if (status === 'warn' && k < farZoom) break
    for (const node of scene.nodes) if (left > 0 && node.status === status && shown(node)) name(node)
  }
  if (k < nearZoom) return
  for (const node of scene.nodes) if (left > 0 && node.strong && shown(node)) name(node)
  style(450, palette['fg-2'])
  for (const node of scene.nodes) {
    if (left === 0) return
    if (shown(node)) name(node)
  }
}

/** Takes a rectangle on screen if it is free. */
function roomFor(size: Size): (x0: number, y0: number, x1: number, y1: number) => boolean {
  const columns = Math.ceil(size.width / cell) + 1
  const cells = new Map<number, number[]>()
  return (x0, y0, x1, y1) => {
    const at: number[] = []
    for (let row = Math.floor(y0 / cell); row <= Math.floor(y1 / cell); row++)
      for (let column = Math.floor(x0 / cell); column <= Math.floor(x1 / cell); column++)
        at.push(row * columns + column)
    for (const key of at) {
      const taken = cells.get(key) ?? []
      for (let i = 0; i < taken.length; i += 4)
        if (x1 > (taken[i] ?? 0) && x0 < (taken[i + 2] ?? 0) && y1 > (taken[i + 1] ?? 0) && y0 < (taken[i + 3] ?? 0))
          return false
    }
    for (const key of at) {
      const taken = cells.get(key)
      if (taken) taken.push(x0, y0, x1, y1)
      else cells.set(key, [x0, y0, x1, y1])
    }
    return true
  }
}
