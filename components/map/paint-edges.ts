import type { Extent, Palette } from './paint'
import type { Prepared, Road } from './prepare'
import type { Emphasis } from './renderer'
import type { SceneEdge } from './scene'

const segmentsPerPath = 64

/** Edges grouped by look, at most 64 to a path: longer paths make canvas crawl. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  scene: Prepared,
  view: Extent,
  palette: Palette,
  emphasis: Emphasis,
  k: number,
  most: number,
): void {
  const { lit, active, selected } = emphasis
  const groups = new Map<string, SceneEdge[]>()
  const count = Math.min(most, scene.edges.length)
  for (let i = 0; i < count; i++) {
    const edge = scene.edges[i]
    if (!edge || outside(edge, view)) continue
    const on = lit === null || lit.has(edge.id)
    if (!on && lit !== null) continue
    const key = `${edge.tone}|${edge.dash}|${Math.round(edge.width)}`
    const list = groups.get(key)
    if (list) list.push(edge)
    else groups.set(key, [edge])
  }
  // The quiet ones first: what is unwell lies on top.
  for (const [key, edges] of [...groups].toReversed()) {
    const [tone, dash, width] = key.split('|')
    stroke(context, edges, palette[(tone ?? 'quiet') as 'quiet'], dash ?? '', widthAt(Number(width), k))
  }
  for (const id of active) {
    const edge = scene.edgeById.get(id)
    if (!edge) continue
    if (id === selected) {
      context.globalAlpha = 0.3
      stroke(context, [edge], palette.accent, '', 10 / Math.max(k, 0.4))
      context.globalAlpha = 1
    }
    const colour = edge.tone === 'quiet' || edge.tone === 'unknown' ? palette['fg-3'] : palette[edge.tone]
    stroke(context, [edge], colour, edge.dash, widthAt(edge.width, k))
    arrow(context, edge, colour)
  }
  if (k >= 0.45) for (const edges of groups.values()) for (const edge of edges) arrow(context, edge, palette[edge.tone])
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
  const most = roads.reduce((top, road) => Math.max(top, road.rate), 1)
  for (const road of roads) {
    context.strokeStyle = palette[road.tone]
    context.lineWidth = (0.6 + 3.4 * Math.sqrt(road.rate / most)) / k
    context.beginPath()
    context.moveTo(road.x0, road.y0)
    context.quadraticCurveTo(
      (road.x0 + road.x1) / 2 - (road.y1 - road.y0) * 0.12,
      (road.y0 + road.y1) / 2 + (road.x1 - road.x0) * 0.12,
      road.x1,
      road.y1,
    )
    context.stroke()
  }
}
