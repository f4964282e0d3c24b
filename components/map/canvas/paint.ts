import type { Camera, Size } from '../camera/camera'
import { paintActive, paintEdges, paintRoads } from './paint-edges'
import { paintLabels } from './paint-labels'
import { paintNodes } from './paint-nodes'
import { maxEdges, type Prepared } from '../scene/prepare'
import type { Emphasis } from '../renderer'
import type { SceneNode } from '../scene/scene-parts'
import { type Palette, extentOf, farZoom } from '../scene/palette'

/** Edges while the camera moves. */
const edgesInMotion = 1200

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
  const { lit, selected, second, focused, matched, pinned } = emphasis
  const ids = new Set([...(lit ?? []), ...matched, ...pinned])
  if (second) ids.add(second)
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
