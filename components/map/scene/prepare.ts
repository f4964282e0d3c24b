import type { Tone } from './edge-style'
import { roadsOf, type Road } from './roads'
import type { Scene, SceneEdge, SceneNode, SceneRegion } from './scene-parts'

/** A scene in the order in which it is painted, with what is summed up for the far view. */
export type Prepared = {
  readonly nodes: readonly SceneNode[]
  /** Loudest first, then strongest. */
  readonly edges: readonly SceneEdge[]
  /** Most members first: these get their names first. */
  readonly regions: readonly SceneRegion[]
  readonly roads: readonly Road[]
  readonly node: (id: string) => SceneNode | undefined
  readonly edge: (id: string) => SceneEdge | undefined
}

export const loudness: Readonly<Record<Tone, number>> = { bad: 3, warn: 2, audit: 2, ok: 0, quiet: 0, unknown: 0 }
/** At middle zoom edges beyond these are not drawn one by one: they would be a grey mass. */
export const maxEdges = 5000

/** O(n log n) in numbers; tables by id are made when something is first looked up. */
export function prepare(scene: Scene): Prepared {
  return {
    nodes: scene.nodes,
    edges: byWeight(scene.edges),
    regions: scene.regions.toSorted((a, b) => b.members - a.members),
    roads: roadsOf(scene),
    node: finder(scene.nodes),
    edge: finder(scene.edges),
  }
}

const places = 2 ** 21

/** Rank and index packed into one number each: numbers sort ten times faster than objects. */
function byWeight(edges: readonly SceneEdge[]): SceneEdge[] {
  const keys = Float64Array.from(edges, (edge, i) => {
    const strength = edge.rate > 0 ? Math.max(1, Math.min(1022, Math.round(Math.log2(edge.rate) * 4) + 200)) : 0
    return -(loudness[edge.tone] * 1024 + strength) * places + i
  }).sort()
  return Array.from(keys, (key) => edges[((key % places) + places) % places] as SceneEdge)
}

function finder<T extends { readonly id: string }>(items: readonly T[]): (id: string) => T | undefined {
  let table: Map<string, T> | undefined
  return (id) => (table ??= new Map(items.map((item) => [item.id, item]))).get(id)
}
