import { type Graph, type GraphNode, isGroup } from '@/core/graph/graph'
import type { Grouping } from '@/core/graph/graph-groups'
import type { Lens } from '../../url-state'
import { strength } from './edge-style'
import { nodeStatus } from '../lens'
import { halfWidthOf, labelOf, regionOf } from './node-size'
import type { Point } from '../camera/camera'
import { sceneEdges } from './scene-edges'
import { sceneRegions } from './scene-regions'
import { type Scene, type SceneNode, emptyScene } from './scene-parts'

/**
 * What to draw for a graph whose nodes lie at `places` (nodes without a place are left out). Parts that are
 * as they were in `last` are the same objects, so that a refresh redraws only what changed; it costs
 * O(nodes + edges) with no geometry where nothing moved.
 */
/** What a scene shows besides the graph: the lens, and what the regions are (null: none are drawn). */
export type SceneOptions = { readonly lens: Lens; readonly by: Grouping | null }

export function buildScene(
  graph: Graph,
  places: ReadonlyMap<string, Point>,
  { lens, by }: SceneOptions,
  last: Scene = emptyScene,
): Scene {
  const unit = tenUp(graph.edges.reduce((most, edge) => Math.max(most, strength(edge.figures)), 0))
  const nodes = sceneNodes(graph.nodes, places, { lens, by, unit, focus: graph.focus }, last.nodes)
  return {
    nodes,
    edges: sceneEdges(graph, nodes, lens, unit, last),
    regions: sceneRegions(nodes, last.regions),
  }
}

function sceneNodes(
  graphNodes: readonly GraphNode[],
  places: ReadonlyMap<string, Point>,
  options: NodeOptions,
  last: readonly SceneNode[],
): readonly SceneNode[] {
  let before: Map<string, SceneNode> | undefined
  const nodes: SceneNode[] = []
  let same = true
  for (const node of graphNodes) {
    const place = places.get(node.id)
    if (!place) continue
    let old = last[nodes.length]
    if (old?.id !== node.id) {
      before ??= new Map(last.map((each) => [each.id, each]))
      old = before.get(node.id)
    }
    const kept = sceneNode(node, place, options, old)
    if (kept !== last[nodes.length]) same = false
    nodes.push(kept)
  }
  return same && nodes.length === last.length ? last : nodes
}

type NodeOptions = SceneOptions & { readonly unit: number; readonly focus: string | null }

/** The node as drawn; `old` itself where nothing that is seen has changed. */
function sceneNode(
  node: GraphNode,
  [x, y]: Point,
  { lens, by, unit, focus }: NodeOptions,
  old: SceneNode | undefined,
): SceneNode {
  const share = Math.sqrt(Math.min(1, Math.max(strength(node.incoming), strength(node.outgoing)) / unit))
  const folded = isGroup(node.type)
  const outside = node.type === 'external' || node.type === 'unknown'
  const idle = node.incoming === null && node.outgoing === null
  const status = nodeStatus(node, lens)
  const region = by === null ? '' : regionOf(node, by)
  // Half pixels: a little more traffic moves no rim.
  const r = folded ? 11 + Math.min(8, 0.7 * Math.sqrt(node.members)) : outside ? 7 : 8 + Math.round(10 * share) / 2
  const shape = shapeOf(node)
  const label = labelOf(node, by === null)
  // What is named from afar too.
  const strong = outside || folded || status === 'bad' || status === 'warn' || node.id === focus
  if (
    old &&
    old.x === x &&
    old.y === y &&
    old.r === r &&
    old.status === status &&
    old.shape === shape &&
    old.idle === idle &&
    old.region === region &&
    old.label === label &&
    old.strong === strong &&
    old.members === node.members
  )
    return old
  return {
    id: node.id,
    x,
    y,
    r,
    shape,
    status,
    label,
    half: halfWidthOf(label),
    strong,
    members: node.members,
    idle,
    region,
  }
}

function shapeOf({ type, role, dataStore }: GraphNode): SceneNode['shape'] {
  if (isGroup(type)) return 'region'
  if (type === 'external' || type === 'unknown') return 'diamond'
  if (role) return 'hexagon'
  if (dataStore) return 'box'
  return type === 'service' ? 'service' : 'disc'
}

/** The power of ten at or above a rate: the scale of widths changes seldom, so edges keep their look between refreshes. */
const tenUp = (rate: number) => 10 ** Math.ceil(Math.log10(Math.max(rate, 0.1)))
