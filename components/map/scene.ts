import type { Graph, GraphEdge, GraphNode } from '@/core/graph'
import { healthStatus, type Status } from '../status-mark'
import type { Lens } from '../url-state'
import { edgeCurve, type Curve } from './curve'
import { edgeStyle, strength, type EdgeStyle } from './edge-style'
import { hullOf, outlinePath } from './hull'
import { canFold, halfWidthOf, regionLabel, regionOf, shortLabel } from './node-size'
import type { Point } from './remembered'

export type SceneNode = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly r: number
  readonly shape: 'disc' | 'box' | 'diamond' | 'region'
  readonly status: Status
  readonly label: string
  /** Named even when most labels are hidden: outside parties, and whatever is unwell. */
  readonly strong: boolean
  readonly members: number
  readonly region: string
}

export type SceneEdge = EdgeStyle &
  Curve & {
    readonly id: string
    readonly from: string
    readonly to: string
    readonly width: number
    /** One of the weaker edges of a crowded map: hardly drawn, so that the strong ones are seen. */
    readonly faint: boolean
    /** Events a second, for order and motion. */
    readonly rate: number
  }

export type SceneRegion = {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly x: number
  readonly y: number
  readonly members: number
  readonly status: Status
}

/** All that a renderer draws, in pixels at zoom 1. */
export type Scene = {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly regions: readonly SceneRegion[]
}

export const emptyScene: Scene = { nodes: [], edges: [], regions: [] }

/**
 * What to draw for a graph whose nodes lie at `places` (nodes without a place are left out). Parts that are
 * as they were in `last` are the same objects, so that a refresh redraws only what changed.
 */
export function buildScene(
  graph: Graph,
  places: ReadonlyMap<string, Point>,
  lens: Lens,
  last: Scene = emptyScene,
): Scene {
  const unit = tenUp(graph.edges.reduce((most, edge) => Math.max(most, strength(edge.figures)), 0))
  const nodes = graph.nodes.flatMap((node) => {
    const place = places.get(node.id)
    return place ? [sceneNode(node, place, unit)] : []
  })
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const quietest = crowdLimit(graph)
  const lanes = new Map<string, number>()
  const edges = graph.edges.flatMap((edge) => {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (!from || !to || from === to) return []
    const pair = `${edge.from}|${edge.to}`
    const lane = lanes.get(pair) ?? 0
    lanes.set(pair, lane + 1)
    return [
      sceneEdge(edge, edgeCurve(from, to, lane), lens, unit, ofMachine(from) || ofMachine(to) ? Infinity : quietest),
    ]
  })
  return {
    nodes: reuse(nodes, last.nodes),
    edges: reuse(edges, last.edges),
    regions: reuse(regionsOf(nodes), last.regions),
  }
}

function sceneNode(node: GraphNode, [x, y]: Point, unit: number): SceneNode {
  const share = Math.sqrt(Math.min(1, Math.max(strength(node.incoming), strength(node.outgoing)) / unit))
  const region = node.type === 'namespace'
  const outside = node.type === 'external' || node.type === 'unknown'
  const status = healthStatus[node.health]
  return {
    id: node.id,
    x,
    y,
    r: region ? 11 + Math.min(8, 0.7 * Math.sqrt(node.members)) : outside ? 7 : 8 + 5 * share,
    shape: region ? 'region' : outside ? 'diamond' : node.dataStore ? 'box' : 'disc',
    status,
    label: shortLabel(node.name),
    strong: outside || region || status === 'bad' || status === 'warn',
    members: node.members,
    region: regionOf(node),
  }
}

function sceneEdge(edge: GraphEdge, curve: Curve, lens: Lens, unit: number, quietest: number): SceneEdge {
  const rate = strength(edge.figures)
  const style = edgeStyle(edge, lens)
  const width = 1 + 3.4 * Math.sqrt(Math.min(1, rate / unit))
  const loud = style.tone !== 'quiet' && style.tone !== 'unknown'
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    rate,
    faint: !loud && rate < quietest,
    ...curve,
    ...style,
    width: Math.round((loud ? Math.max(1.8, width * 0.8) : width) * 10) / 10,
  }
}

function regionsOf(nodes: readonly SceneNode[]): SceneRegion[] {
  const groups = new Map<string, SceneNode[]>()
  for (const node of nodes) {
    if (node.region === '') continue
    const list = groups.get(node.region)
    if (list) list.push(node)
    else groups.set(node.region, [node])
  }
  return [...groups].map(([id, members]) => {
    const outline = hullOf(members.flatMap(discsOf))
    const xs = outline.map(([x]) => x)
    const statuses = new Set(members.map((node) => node.status))
    return {
      id,
      label: shortLabel(regionLabel(id)),
      path: outlinePath(outline),
      x: Math.round((Math.min(...xs) + Math.max(...xs)) / 2),
      y: Math.round(Math.min(...outline.map(([, y]) => y)) - 8),
      members: members.length,
      status: (['bad', 'warn', 'ok', 'unknown'] as const).find((status) => statuses.has(status)) ?? 'unknown',
    }
  })
}

/** A member takes its own disc and the two ends of its label. */
const discsOf = (node: SceneNode) => {
  const half = Math.max(0, halfWidthOf(node.label) - 12)
  return [
    { x: node.x, y: node.y, r: 30 },
    { x: node.x - half, y: node.y + node.r + 12, r: 17 },
    { x: node.x + half, y: node.y + node.r + 12, r: 17 },
  ]
}

const ofMachine = (node: SceneNode) => node.region !== '' && !canFold(node.region)

/** The rate below which quiet edges are faint: where there are more than two edges a node, the strongest keep their grey. */
function crowdLimit({ nodes, edges }: Graph): number {
  const most = Math.max(60, 2 * nodes.length)
  if (edges.length <= most * 1.25) return 0
  return edges.map((edge) => strength(edge.figures)).sort((a, b) => b - a)[most] ?? 0
}

/** The power of ten at or above a rate: the scale of widths changes seldom, so edges keep their look between refreshes. */
const tenUp = (rate: number) => 10 ** Math.ceil(Math.log10(Math.max(rate, 0.1)))

function reuse<T extends { readonly id: string }>(next: readonly T[], last: readonly T[]): readonly T[] {
  const before = new Map(last.map((item) => [item.id, item]))
  let same = next.length === last.length
  const out = next.map((item, i) => {
    const old = before.get(item.id)
    const kept = old && equal(old, item) ? old : item
    if (kept !== last[i]) same = false
    return kept
  })
  return same ? last : out
}

const equal = <T extends object>(a: T, b: T): boolean =>
  (Object.keys(b) as (keyof T)[]).every((key) => Object.is(a[key], b[key]))
