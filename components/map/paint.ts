import type { Camera, Size } from './camera'
import type { Tone } from './edge-style'
import { paintActive, paintEdges, paintRoads } from './paint-edges'
import { paintLabels } from './paint-labels'
import { paintNodes } from './paint-nodes'
import { maxEdges, type Prepared } from './prepare'
import type { Emphasis } from './renderer'
import type { SceneNode } from './scene'

/** Colours as the theme has them now. */
export type Palette = Readonly<
  Record<
    Tone | 'canvas' | 'panel' | 'raised' | 'hover' | 'line' | 'line-strong' | 'fg' | 'fg-2' | 'fg-3' | 'accent',
    string
  >
> & {
  readonly font: string
}

const tokens = [
  'quiet',
  'ok',
  'warn',
  'bad',
  'audit',
  'unknown',
  'canvas',
  'panel',
  'raised',
  'hover',
  'line',
  'line-strong',
  'fg',
  'fg-2',
  'fg-3',
  'accent',
] as const

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  const colours = Object.fromEntries(tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]))
  return { ...colours, font: style.fontFamily } as Palette
}

/** Zoom below which regions stand for their nodes, and from which labels are drawn. */
export const farZoom = 0.26
export const nearZoom = 0.5
/** Edges while the camera moves. */
const edgesInMotion = 1200

/** The part of the scene that is seen, with a margin. */
export type Extent = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }

export const extentOf = ({ x, y, k }: Camera, size: Size): Extent => ({
  x0: -x / k - 60,
  y0: -y / k - 60,
  x1: (size.width - x) / k + 60,
  y1: (size.height - y) / k + 60,
})

/** One frame. Only what is in view is drawn; colours are opaque and paths short, which is what canvas is fast at. */
export function paint(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  outlines: readonly Path2D[],
  camera: Camera,
  size: Size,
  palette: Palette,
  emphasis: Emphasis,
  moving: boolean,
): void {
  const { x, y, k } = camera
  context.clearRect(0, 0, size.width, size.height)
  context.save()
  context.translate(x, y)
  context.scale(k, k)
  context.lineWidth = 1 / k
  context.strokeStyle = palette.line
  context.fillStyle = palette.panel
  const view = extentOf(camera, size)
  for (const outline of outlines) {
    context.fill(outline)
    context.stroke(outline)
  }
  if (emphasis.lit === null) {
    if (k < farZoom) paintRoads(context, scene.roads, palette, k)
    else paintEdges(context, scene.edges, view, palette, k, moving ? edgesInMotion : maxEdges)
  }
  paintActive(context, scene, view, palette, emphasis, k)
  paintNodes(context, scene.nodes, view, palette, emphasis, k)
  context.restore()
  paintLabels(context, scene, camera, size, palette, emphasis)
}

/** What lies over a scene that was drawn elsewhere: what stands out, and names. */
export function paintOver(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  camera: Camera,
  size: Size,
  palette: Palette,
  emphasis: Emphasis,
): void {
  const { x, y, k } = camera
  context.clearRect(0, 0, size.width, size.height)
  const { lit, selected, focused, matched } = emphasis
  const ids = new Set([...(lit ?? []), ...matched])
  if (selected) ids.add(selected)
  if (focused) ids.add(focused)
  if (ids.size > 0 || emphasis.active.size > 0) {
    context.save()
    context.translate(x, y)
    context.scale(k, k)
    const view = extentOf(camera, size)
    paintActive(context, scene, view, palette, emphasis, k)
    const nodes = [...ids].map(scene.node).filter((node): node is SceneNode => node !== undefined)
    paintNodes(context, nodes, view, palette, emphasis, k)
    context.restore()
  }
  paintLabels(context, scene, camera, size, palette, emphasis)
}
