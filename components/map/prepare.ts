import type { Tone } from './edge-style'
import type { Scene, SceneEdge, SceneNode, SceneRegion } from './scene'

/** All traffic from one region to another, for the far view. */
export type Road = {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly rate: number
  readonly tone: Tone
}

/** A scene as the canvas wants it: sorted, aggregated and with paths made once. */
export type Prepared = {
  /** Loudest first, then strongest. */
  readonly edges: readonly SceneEdge[]
  readonly nodes: readonly SceneNode[]
  readonly byId: ReadonlyMap<string, SceneNode>
  readonly edgeById: ReadonlyMap<string, SceneEdge>
  /** Most members first: these get their names first. */
  readonly regions: readonly (SceneRegion & { readonly outline: Path2D })[]
  readonly roads: readonly Road[]
}

const loudness: Readonly<Record<Tone, number>> = { bad: 3, warn: 2, audit: 2, ok: 0, quiet: 0, unknown: 0 }
/** Edges beyond these are not drawn one by one: they would be a grey mass. The header says how many there are. */
const maxEdges = 5000
/** From afar the strongest roads tell the shape; all of them would hide it. */
const maxRoads = 220

export function prepare(scene: Scene): Prepared {
  const edges = scene.edges
    .toSorted((a, b) => loudness[b.tone] - loudness[a.tone] || b.rate - a.rate)
    .slice(0, maxEdges)
  const byId = new Map(scene.nodes.map((node) => [node.id, node]))
  return {
    edges,
    byId,
    nodes: scene.nodes,
    edgeById: new Map(scene.edges.map((edge) => [edge.id, edge])),
    regions: scene.regions
      .toSorted((a, b) => b.members - a.members)
      .map((region) => ({ ...region, outline: new Path2D(region.path) })),
    roads: roadsOf(scene, byId),
  }
}

function roadsOf(scene: Scene, byId: ReadonlyMap<string, SceneNode>): Road[] {
  const centres = new Map<string, { x: number; y: number; n: number }>()
  for (const node of scene.nodes) {
    const key = node.region || node.id
    const sum = centres.get(key) ?? { x: 0, y: 0, n: 0 }
    centres.set(key, { x: sum.x + node.x, y: sum.y + node.y, n: sum.n + 1 })
  }
  const roads = new Map<string, { from: string; to: string; rate: number; tone: Tone }>()
  for (const edge of scene.edges) {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (!from || !to) continue
    const [a, b] = [from.region || from.id, to.region || to.id]
    if (a === b) continue
    const road = roads.get(`${a}|${b}`) ?? { from: a, to: b, rate: 0, tone: 'quiet' as Tone }
    road.rate += edge.rate
    if (loudness[edge.tone] > loudness[road.tone]) road.tone = edge.tone
    roads.set(`${a}|${b}`, road)
  }
  const strongest = [...roads.values()]
    .sort((a, b) => loudness[b.tone] - loudness[a.tone] || b.rate - a.rate)
    .slice(0, maxRoads)
  // Loud ones are drawn last, on top.
  return strongest.toReversed().flatMap((road) => {
    const a = centres.get(road.from)
    const b = centres.get(road.to)
    return a && b
      ? [{ x0: a.x / a.n, y0: a.y / a.n, x1: b.x / b.n, y1: b.y / b.n, rate: road.rate, tone: road.tone }]
      : []
  })
}
