import type { Graph, GraphNode } from '@/core/graph'
import { healthStatus, type Status } from '../status-mark'
import type { Lens } from '../url-state'
import { strength } from './edge-style'
import { halfWidthOf, regionOf, shortLabel } from './node-size'
import type { Point } from './remembered'
import { sceneEdges, type SceneEdge } from './scene-edges'
import { sceneRegions, type SceneRegion } from './scene-regions'

export type SceneNode = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly r: number
  readonly shape: 'disc' | 'box' | 'diamond' | 'region'
  readonly status: Status
  readonly label: string
  /** Half the width of the label. */
  readonly half: number
  /** Named even when most labels are hidden: outside parties, and whatever is unwell. */
  readonly strong: boolean
  readonly members: number
  readonly region: string
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
 * as they were in `last` are the same objects, so that a refresh redraws only what changed; it costs
 * O(nodes + edges) with no geometry where nothing moved.
 */
export function buildScene(
  graph: Graph,
  places: ReadonlyMap<string, Point>,
  lens: Lens,
  last: Scene = emptyScene,
): Scene {
  const unit = tenUp(graph.edges.reduce((most, edge) => Math.max(most, strength(edge.figures)), 0))
  const drawn: SceneNode[] = []
  for (const node of graph.nodes) {
    const place = places.get(node.id)
    if (place) drawn.push(sceneNode(node, place, unit))
  }
  const nodes = reuse(drawn, last.nodes)
  return {
    nodes,
    edges: sceneEdges(graph, nodes, lens, unit, last),
    regions: reuse(sceneRegions(nodes, last.regions), last.regions),
  }
}

function sceneNode(node: GraphNode, [x, y]: Point, unit: number): SceneNode {
  const share = Math.sqrt(Math.min(1, Math.max(strength(node.incoming), strength(node.outgoing)) / unit))
  const region = node.type === 'namespace'
  const outside = node.type === 'external' || node.type === 'unknown'
  const status = healthStatus[node.health]
  const label = shortLabel(node.name)
  return {
    id: node.id,
    x,
    y,
    // Half pixels: a little more traffic moves no rim.
    r: region ? 11 + Math.min(8, 0.7 * Math.sqrt(node.members)) : outside ? 7 : 8 + Math.round(10 * share) / 2,
    shape: region ? 'region' : outside ? 'diamond' : node.dataStore ? 'box' : 'disc',
    status,
    label,
    half: halfWidthOf(label),
    strong: outside || region || status === 'bad' || status === 'warn',
    members: node.members,
    region: regionOf(node),
  }
}

/** The power of ten at or above a rate: the scale of widths changes seldom, so edges keep their look between refreshes. */
const tenUp = (rate: number) => 10 ** Math.ceil(Math.log10(Math.max(rate, 0.1)))

/** The items of `last` where they are equal, the very list where all are. Cheapest where both are in the same order. */
function reuse<T extends { readonly id: string }>(next: readonly T[], last: readonly T[]): readonly T[] {
  let before: Map<string, T> | undefined
  let same = next.length === last.length
  const out = next.map((item, i) => {
    let old = last[i]
    if (old?.id !== item.id) {
      before ??= new Map(last.map((each) => [each.id, each]))
      old = before.get(item.id)
    }
    const kept = old && equal(old, item) ? old : item
    if (kept !== last[i]) same = false
    return kept
  })
  return same ? last : out
}

function equal<T extends object>(a: T, b: T): boolean {
  for (const key in b) if (!Object.is(a[key], b[key])) return false
  return true
}
