import type { Prepared } from '../scene/prepare'
import type { Emphasis } from '../renderer'
import type { Road } from '../scene/roads'
import type { Extent, Palette } from '../scene/palette'
import type { SceneEdge } from '../scene/scene-parts'

const segmentsPerPath = 64

/** The first `most` edges grouped by look, at most 64 to a path: longer paths make canvas crawl. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  view: Extent,
  palette: Palette,
  k: number,
  most: number,
): void {
  const groups = new Map<string, SceneEdge[]>()
  const count = Math.min(most, edges.length)
  for (let i = 0; i < count; i++) {
    const edge = edges[i]
    if (!edge || outside(edge, view)) continue
    const key = `${edge.faint ? 'hover' : edge.tone}|${edge.dash}|${Math.round(edge.width)}`
    const list = groups.get(key)
    if (list) list.push(edge)
    else groups.set(key, [edge])
  }
  // The quiet ones first: what is unwell lies on top.
  for (const [key, group] of [...groups].toReversed()) {
    const [token, dash, width] = key.split('|')
    const colour = palette[(token ?? 'quiet') as 'quiet']
    stroke(context, group, colour, dash ?? '', widthAt(Number(width), k))
    if (k >= arrowZoom) for (const edge of group) arrow(context, edge, colour)
  }
}

/** From here on edges have heads. */
export const arrowZoom = 0.45

/** What stands out, drawn over the rest: edges that are lit, then those that are active, the chosen one with a halo. */
export function paintActive(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  view: Extent,
  palette: Palette,
  { lit, active, selected, second }: Emphasis,
  k: number,
): void {
  const found = (ids: Iterable<string>) => [...ids].map(scene.edge).filter((edge) => edge !== undefined)
  if (lit !== null) paintEdges(context, found(lit), view, palette, k, Infinity)
  for (const edge of found(active)) {
    if (edge.id === selected || edge.id === second) {
      context.globalAlpha = 0.3
      stroke(context, [edge], palette.accent, '', 10 / Math.max(k, 0.4))
      context.globalAlpha = 1
    }
    const colour = edge.tone === 'quiet' || edge.tone === 'unknown' ? palette['fg-3'] : palette[edge.tone]
    stroke(context, [edge], colour, edge.dash, widthAt(edge.width, k))
    arrow(context, edge, colour)
  }
}

/** Never thinner than half a pixel of the screen. */
const widthAt = (width: number, k: number) => Math.max(width * 0.8, 0.55 / k)

function stroke(
  context: CanvasRenderingContext2D,
  edges: readonly SceneEdge[],
  colour: string,
  dash: string,
  width: number,
): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.setLineDash(dash === '' ? [] : dash.split(' ').map(Number))
  for (let start = 0; start < edges.length; start += segmentsPerPath) {
    context.beginPath()
    const end = Math.min(edges.length, start + segmentsPerPath)
    for (let i = start; i < end; i++) {
      const edge = edges[i] as SceneEdge
      context.moveTo(edge.x0, edge.y0)
      context.quadraticCurveTo(edge.cx, edge.cy, edge.x1, edge.y1)
    }
    context.stroke()
  }
  context.setLineDash([])
}

function arrow(context: CanvasRenderingContext2D, edge: SceneEdge, colour: string): void {
  const angle = Math.atan2(edge.y1 - edge.cy, edge.x1 - edge.cx)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(edge.x1, edge.y1)
  context.lineTo(edge.x1 - 7 * cos + 3.6 * sin, edge.y1 - 7 * sin - 3.6 * cos)
  context.lineTo(edge.x1 - 7 * cos - 3.6 * sin, edge.y1 - 7 * sin + 3.6 * cos)
  context.fill()
}

const outside = (edge: SceneEdge, view: Extent) =>
  (edge.x0 < view.x0 && edge.x1 < view.x0) ||
  (edge.x0 > view.x1 && edge.x1 > view.x1) ||
  (edge.y0 < view.y0 && edge.y1 < view.y0) ||
  (edge.y0 > view.y1 && edge.y1 > view.y1)

/** The far view: one line from region to region, width by all the traffic on it. */
export function paintRoads(
  context: CanvasRenderingContext2D,
  roads: readonly Road[],
  palette: Palette,
  k: number,
): void {
  for (const road of roads) {
    context.strokeStyle = road.faint ? palette.hover : palette[road.tone]
    context.lineWidth = road.width / k
    context.beginPath()
    context.moveTo(road.x0, road.y0)
    context.quadraticCurveTo(road.cx, road.cy, road.x1, road.y1)
    context.stroke()
  }
}
