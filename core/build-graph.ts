import { endpointKey, endpointType, type Endpoint } from './endpoint'
import { everythingMatches, type Filter } from './filter-ast'
import { compileEdgeFilter, compileNodeFilter } from './filter-match'
import { fuse, type Fused, sourceTypes } from './fuse'
import { chooseFolding } from './graph-folding'
import type { Graph, GraphEdge, Level } from './graph'
import { addToEdges, draftId, type EdgeDraft, type EdgeDrafts, finishEdge, strength } from './graph-edges'
import { createNodeDrafts } from './graph-nodes'
import { figuresOf } from './tally'
import type { Edge, World, WorldEdge } from './world'

export type GraphOptions = {
  readonly level: Level
  /** Namespaces (`cluster/namespace`) that the viewer folded. */
  readonly fold?: readonly string[]
  /** Namespaces that the viewer wants open, whatever the size or level says. */
  readonly unfold?: readonly string[]
  readonly filter?: Filter
  /** One cluster only: edges with an end in it. */
  readonly cluster?: string
  /** Edges drawn at most; the unwell and the strongest are kept. */
  readonly maxEdges?: number
  /** Show workloads without traffic too, at most `maxIsolated` of them. */
  readonly isolated?: boolean
  readonly maxIsolated?: number
  /** With more nodes than this every namespace is folded that `unfold` does not name. */
  readonly foldAbove?: number
}

const defaults = { maxEdges: 5000, maxIsolated: 200, foldAbove: 300 }

/**
 * The graph that the map and its list show. Filters, folding and the cap choose what is drawn; the
 * figures and health of a node are always of all its traffic in the World. The order of the input
 * does not matter. O(edges + nodes log nodes + drawn edges log drawn edges).
 */
export function buildGraph(world: World, options: GraphOptions): Graph {
  const { filter = everythingMatches, fold = [], unfold = [] } = options
  const inCluster = clusterTest(options.cluster)
  const seen = fuseAll(world, inCluster)
  const kept = filtered(seen, filter, world.coveredSeconds)
  const idle = options.isolated === false ? [] : withoutTraffic(world, seen, filter, options.level, inCluster)
  const { places, folded, bySize } = chooseFolding(endsOf(kept, idle), world.inventory, {
    level: options.level,
    fold,
    unfold,
    foldAbove: options.foldAbove ?? defaults.foldAbove,
  })

  const nodes = createNodeDrafts(places)
  for (const { edge, fused } of seen) nodes.add(edge, fused)
  for (const { endpoint } of world.inventory) if (inCluster(endpoint)) nodes.exists(endpoint)

  const drafts: EdgeDrafts = new Map()
  const busy = new Set<string>()
  for (const { edge, fused } of kept) {
    const from = places.of(edge.from)
    const to = places.of(edge.to)
    addToEdges(drafts, from, to, edge, fused)
    busy.add(from.id).add(to.id)
  }
  const quiet = new Set(idle.map((endpoint) => places.of(endpoint).id).filter((id) => !busy.has(id)))
  const drawn = strongest([...drafts.values()], options.maxEdges ?? defaults.maxEdges)
  const ids = [
    ...withoutCut(busy, drafts, drawn),
    ...[...quiet].sort().slice(0, options.maxIsolated ?? defaults.maxIsolated),
  ].sort()
  return {
    window: world.window,
    level: options.level,
    nodes: ids.map((id) => nodes.finish(id, world.coveredSeconds)).filter((node) => node !== null),
    edges: inOrder(drawn, ids).map((draft): GraphEdge => finishEdge(draft, world.coveredSeconds)),
    total: { nodes: busy.size + quiet.size, edges: drafts.size },
    folded,
    foldedBySize: bySize,
    gaps: world.gaps,
    sources: world.sources,
  }
}

type Seen = { readonly edge: Edge; readonly rows: WorldEdge['rows']; readonly fused: Fused }
type EndpointTest = (endpoint: Endpoint) => boolean

const clusterTest =
  (cluster: string | undefined): EndpointTest =>
  (endpoint) =>
    cluster === undefined || endpoint.cluster === cluster

function fuseAll(world: World, inCluster: EndpointTest): Seen[] {
  const types = sourceTypes(world.sources)
  const seen: Seen[] = []
  for (const { edge, rows } of world.edges) {
    if (inCluster(edge.from) || inCluster(edge.to)) seen.push({ edge, rows, fused: fuse(rows, types) })
  }
  return seen
}

function filtered(seen: readonly Seen[], filter: Filter, coveredSeconds: number): readonly Seen[] {
  if (filter.type === 'all') return seen
  const matches = compileEdgeFilter(filter)
  return seen.filter(({ edge, rows, fused }) =>
    matches(
      edge,
      rows.map((row) => row.facet),
      () => figuresOf(fused.tally, coveredSeconds),
    ),
  )
}

/** Endpoints that exist and that nothing talks with. A Service is drawn by itself only at its own level. */
function withoutTraffic(
  world: World,
  seen: readonly Seen[],
  filter: Filter,
  level: Level,
  inCluster: EndpointTest,
): Endpoint[] {
  const matches = compileNodeFilter(filter)
  const busy = new Set([...endsOf(seen, [])].map(endpointKey))
  return world.inventory
    .map(({ endpoint }) => endpoint)
    .filter((e) => inCluster(e) && (level === 'service' || endpointType(e) !== 'service') && matches(e))
    .filter((e) => !busy.has(endpointKey(e)))
}

/** Each endpoint object once. */
function endsOf(seen: readonly Seen[], idle: readonly Endpoint[]): ReadonlySet<Endpoint> {
  const ends = new Set(idle)
  for (const { edge } of seen) ends.add(edge.from).add(edge.to)
  return ends
}

const byId = (a: EdgeDraft, b: EdgeDraft) => (draftId(a) < draftId(b) ? -1 : 1)

/** The unwell first, then the strongest; equals by id, so that the same ones are kept each time. */
function strongest(drafts: readonly EdgeDraft[], max: number): readonly EdgeDraft[] {
  if (drafts.length <= max) return drafts
  const unwell = (draft: EdgeDraft) => Math.max(1, draft.severity)
  return [...drafts]
    .sort((a, b) => unwell(b) - unwell(a) || strength(b.tally) - strength(a.tally) || byId(a, b))
    .slice(0, max)
}

/** Nodes with traffic, less those that lost every edge to the cap. */
function withoutCut(
  busy: ReadonlySet<string>,
  drafts: ReadonlyMap<number, EdgeDraft>,
  drawn: readonly EdgeDraft[],
): ReadonlySet<string> {
  if (drawn.length === drafts.size) return busy
  const left = new Set(busy)
  for (const { from, to } of drafts.values()) [from, to].forEach(({ id }) => left.delete(id))
  for (const { from, to } of drawn) left.add(from.id).add(to.id)
  return left
}

/** Edges by their ends, port and protocol; comparing numbers, because ids share long beginnings. */
function inOrder(drafts: readonly EdgeDraft[], ids: readonly string[]): readonly EdgeDraft[] {
  const rank = new Map(ids.map((id, at) => [id, at]))
  const ranked = drafts.map((draft) => ({
    draft,
    ends: (rank.get(draft.from.id) ?? 0) * ids.length + (rank.get(draft.to.id) ?? 0),
  }))
  ranked.sort((a, b) => a.ends - b.ends || byId(a.draft, b.draft))
  return ranked.map(({ draft }) => draft)
}
