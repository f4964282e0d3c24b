import type { Graph } from '@/core/graph/graph'
import { escapeXml } from '@/core/text/escape-xml'
import { boundsOf, type Point } from './camera/camera'
import { arrivalAngle, curvePath } from './scene/curve'
import { layout } from './layout/layout'
import { layoutInputOf } from './scene/node-size'
import { maxSvgNodes } from './renderer'
import { buildScene } from './scene/scene'
import type { Scene, SceneEdge, SceneNode } from './scene/scene-parts'

/** As far as the drawn map enlarges at most (camera.ts). */
const mostZoom = 1.25
/** A label is at least as large as on a screen that shows the map at this zoom. */
const usualUnzoom = 1.25

/**
 * The map as still SVG for the first bytes of a page, before any script runs: the same places, shapes and colours as
 * the drawn one has that nobody moved. null where the map is drawn otherwise (none, or too many nodes) or has nothing.
 * Costs a layout where nodes or links are not those of the last call, else O(nodes + edges).
 */
export function mapPicture(graph: Graph): string | null {
  if (graph.nodes.length === 0 || graph.nodes.length > maxSvgNodes) return null
  const scene = buildScene(graph, placesOf(graph), { lens: 'health', by: 'namespace' })
  const bounds = boundsOf(scene.nodes)
  if (!bounds) return null
  const [width, height] = [bounds.x1 - bounds.x0, bounds.y1 - bounds.y0]
  return (
    `<svg viewBox="${[bounds.x0, bounds.y0, width, height].map(whole).join(' ')}" aria-hidden="true" ` +
    `style="width:100%;height:100%;max-width:${whole(width * mostZoom)}px;max-height:${whole(height * mostZoom)}px;--unzoom:${usualUnzoom}">` +
    `${scene.regions.map(regionOf).join('')}${edgesOf(scene)}${scene.nodes.map(nodeOf).join('')}</svg>`
  )
}

let last: { readonly shape: string; readonly places: ReadonlyMap<string, Point> } | null = null

/** Where a browser that remembers nothing would put them. */
function placesOf(graph: Graph): ReadonlyMap<string, Point> {
  const ids = graph.nodes.map(({ id }) => id)
  const shape = `${ids.join(' ')}#${graph.edges.map(({ id }) => id).join(' ')}`
  if (last?.shape === shape) return last.places
  const at = layout(layoutInputOf(graph, new Map(), 'namespace', new Map()))
  const places = new Map(
    ids.map((id, i) => [id, [Math.round(at[2 * i] ?? 0), Math.round(at[2 * i + 1] ?? 0)] as const]),
  )
  last = { shape, places }
  return places
}

const whole = (value: number) => String(Math.round(value))

const regionOf = ({ path, x, y, label }: Scene['regions'][number]) =>
  `<path d="${path}" fill="var(--panel)" stroke="var(--line)"/>` +
  `<text class="oriel-label" x="${whole(x)}" y="${whole(y)}" text-anchor="middle" fill="var(--fg-3)" font-weight="550">${escapeXml(label)}</text>`

/** Edges that look the same are one path: a browser reads a few long ones faster than many. The unwell and the strongest, loudest last. */
function edgesOf({ edges }: Scene): string {
  const alike = new Map<string, string[]>()
  const heads: string[] = []
  const told = edges.toSorted((a, b) => height(b) - height(a) || b.rate - a.rate).slice(0, mostEdges)
  for (const edge of told.toReversed()) {
    const stroke = strokeOf(edge)
    const key = `stroke="${stroke}" stroke-width="${edge.width}"${edge.dash ? ` stroke-dasharray="${edge.dash}"` : ''}`
    const same = alike.get(key)
    const path = curvePath(edge)
    if (same) same.push(path)
    else alike.set(key, [path])
    if (!edge.faint) heads.push(headOf(edge, stroke))
  }
  const paths = [...alike].map(([key, all]) => `<path d="${all.join('')}" fill="none" ${key}/>`)
  return paths.join('') + heads.join('')
}

/** More take a browser longer than the scripts do that draw them all. */
const mostEdges = 100

const height = (edge: SceneEdge) => (edge.faint ? 0 : edge.tone === 'quiet' || edge.tone === 'unknown' ? 1 : 2)
const strokeOf = ({ faint, tone }: SceneEdge) => (faint ? 'var(--hover)' : `var(--${tone})`)

function headOf(edge: SceneEdge, stroke: string): string {
  const at = `transform="translate(${whole(edge.x1)} ${whole(edge.y1)}) rotate(${whole(arrivalAngle(edge))})"`
  return edge.head === 'bar'
    ? `<path d="M0-5V5" stroke="${stroke}" stroke-width="2.4" ${at}/>`
    : `<path d="M1.5 0L-6.5-4V4Z" fill="${stroke}" ${at}/>`
}

function nodeOf(node: SceneNode): string {
  const { x, y, r, status, strong } = node
  const unwell = status === 'bad' || status === 'warn'
  const ring = unwell ? `var(--${status})` : status === 'unknown' ? 'var(--unknown)' : 'var(--line-strong)'
  const paint = `fill="${node.idle ? 'none' : node.shape === 'region' ? 'var(--panel)' : 'var(--raised)'}" stroke="${ring}" stroke-width="${unwell ? 2.4 : 1.3}"${node.idle ? ' stroke-dasharray="2 2.5"' : ''}`
  const held =
    node.shape === 'region'
      ? `<text text-anchor="middle" y="4" font-size="11" fill="var(--fg-2)">${node.members}</text>`
      : ''
  const mark = unwell
    ? `<path d="${status === 'bad' ? square : triangle}" fill="var(--${status})" transform="translate(${whole(r * 0.8)} ${whole(-r * 0.8)})"/>`
    : ''
  return (
    `<g transform="translate(${whole(x)} ${whole(y)})">${bodyOf(node, paint)}${held}${mark}` +
    `<text class="oriel-label" y="${whole(r + 13)}" text-anchor="middle" fill="var(--${strong ? 'fg' : node.idle ? 'fg-3' : 'fg-2'})" font-weight="${unwell ? 600 : 450}">${escapeXml(node.label)}</text></g>`
  )
}

const square = 'M-4.5-4.5H4.5V4.5H-4.5Z'
const triangle = 'M0-5.2L5.2 4H-5.2Z'

function bodyOf({ r, shape }: SceneNode, paint: string): string {
  if (shape === 'diamond') return `<path d="M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z" ${paint}/>`
  if (shape === 'region')
    return `<rect x="${-r * 1.15}" y="${-r}" width="${2.3 * r}" height="${2 * r}" rx="${r * 0.55}" ${paint}/>`
  if (shape === 'box')
    return `<rect x="${-r * 1.06}" y="${-r * 0.9}" width="${r * 2.12}" height="${r * 1.8}" rx="3" ${paint}/>`
  return `<circle r="${r}" ${paint}/>`
}
