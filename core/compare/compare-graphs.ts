import { absenceOf } from '../health/absence'
import { compareFigures, type Difference, differences } from './compare'
import { secondsOf } from '../series/covered'
import type { Figures } from '../figures/figures'
import type { Graph, GraphEdge, GraphNode } from '../graph/graph'
import { type Told, toldOf } from '../witness/told-share'
import type { Window } from '../time'
import type { World } from '../world'

/** What an edge or node was, and how it differs. */
export type Compared = {
  readonly id: string
  /** The worst first; empty where nothing but noise does. */
  readonly differences: readonly Difference[]
  /** Of the window before; null where it was not seen then. Of a node: what came in. */
  readonly before: Figures | null
}

export type Comparison = {
  /** The window that is compared with. */
  readonly window: Window
  readonly edges: readonly Compared[]
  readonly nodes: readonly Compared[]
  /** Drawn edges and nodes of before that are no more, with what they were. */
  readonly gone: { readonly edges: readonly GraphEdge[]; readonly nodes: readonly GraphNode[] }
  /** Edges by difference. */
  readonly counts: Readonly<Partial<Record<Difference, number>>>
}

/** A window as it is drawn, the same without filter and cap, and who told of its time. */
export type Side = {
  readonly world: Pick<World, 'window' | 'coveredSeconds' | 'clusterSeconds' | 'sourceSeconds' | 'gaps' | 'sources'>
  readonly drawn: Graph
  /** All edges, whatever filter or cap hides. */
  readonly all: Graph
}

/**
 * What differs between two windows of the same graph. An edge is new or gone only where whoever saw it told
 * of the other window too and it would have been seen there; else that is unknown. O(edges + nodes).
 */
export function compareGraphs(now: Side, before: Side): Comparison {
  const told = { now: toldOf(now.world), before: toldOf(before.world) }
  const seconds = (edge: GraphEdge) => ({
    now: secondsOf(now.world, clusterOf(edge.to), clusterOf(edge.from)),
    before: secondsOf(before.world, clusterOf(edge.to), clusterOf(edge.from)),
  })
  const earlier = new Map(before.all.edges.map((edge) => [edge.id, edge]))
  const later = new Set(now.all.edges.map(({ id }) => id))

  const edges = now.drawn.edges.map((edge): Compared => {
    const was = earlier.get(edge.id)
    const time = seconds(edge)
    if (was) return { id: edge.id, differences: compareFigures(edge.figures, was.figures, time), before: was.figures }
    const how = missing(edge, time.now, time.before, told.before, before.all)
    return { id: edge.id, differences: how === 'gone' ? ['new'] : how ? [how] : [], before: null }
  })
  const gone: GraphEdge[] = []
  const goneDifferences: Compared[] = []
  for (const edge of before.drawn.edges) {
    if (later.has(edge.id)) continue
    const time = seconds(edge)
    const how = missing(edge, time.before, time.now, told.now, now.all)
    if (!how) continue
    gone.push(edge)
    goneDifferences.push({ id: edge.id, differences: [how], before: edge.figures })
  }
  const all = [...edges, ...goneDifferences]
  return {
    window: before.world.window,
    edges: all,
    nodes: compareNodes(now, before),
    gone: { edges: gone, nodes: ghosts(gone, now, before) },
    counts: countsOf(all),
  }
}

const clusterOf = (id: string): string => id.slice(0, id.indexOf('/')).replaceAll('%2F', '/').replaceAll('%25', '%')

/** Beyond the cap edges are missing that were there. */
const isWhole = ({ edges, total }: Graph): boolean => edges.length >= total.edges

function missing(edge: GraphEdge, seconds: number, otherSeconds: number, told: Told, other: Graph) {
  if (!isWhole(other)) return 'unknown'
  const clusters = [clusterOf(edge.to), clusterOf(edge.from)]
  return absenceOf({ ...edge, clusters }, { seconds, otherSeconds, told })
}

function compareNodes(now: Side, before: Side): readonly Compared[] {
  const earlier = new Map(before.all.nodes.map((node) => [node.id, node]))
  return now.drawn.nodes.map(({ id, cluster, incoming }) => {
    const was = earlier.get(id)?.incoming ?? null
    const time = { now: secondsOf(now.world, cluster), before: secondsOf(before.world, cluster) }
    return { id, differences: incoming && was ? compareFigures(incoming, was, time) : [], before: was }
  })
}

/** Nodes that only what is gone touches. */
function ghosts(gone: readonly GraphEdge[], now: Side, before: Side): readonly GraphNode[] {
  const drawn = new Set(now.drawn.nodes.map(({ id }) => id))
  const wanted = new Set(gone.flatMap(({ from, to }) => [from, to]).filter((id) => !drawn.has(id)))
  return before.drawn.nodes.filter(({ id }) => wanted.has(id))
}

function countsOf(compared: readonly Compared[]): Comparison['counts'] {
  const counts: Partial<Record<Difference, number>> = {}
  for (const difference of differences) {
    const n = compared.filter((each) => each.differences.includes(difference)).length
    if (n > 0) counts[difference] = n
  }
  return counts
}
