import { endpointType, type Endpoint, type EndpointType } from '../endpoint'
import { everythingMatches, type Filter } from '../filter/filter-ast'
import { factsOf } from '../filter/facts-of-world'
import type { FilterFacts } from '../filter/filter-facts'
import { compileEdgeFilter, compileNodeFilter } from '../filter/filter-match'
import { coverOf, secondsOf } from '../series/covered'
import { type Detours, detoursOf } from '../witness/detours'
import { seatsOf } from '../encryption/seats'
import { fuseBy } from '../witness/fuse'
import type { Graph, Level } from './graph'
import { inOrder, strongest, withoutCut } from './graph-cap'
import { addToEdges, type EdgeDrafts, finishEdge } from './graph-edges'
import { createEnds, type End, type Ends, isShown, type Seen } from './graph-ends'
import { around, type Focus } from './graph-focus'
import { chooseFolding, placesAsChosen } from './graph-folding'
import type { Grouping } from './graph-groups'
import { hiddenNode } from './graph-hidden'
import { createNodeDrafts } from './graph-nodes'
import type { Place, Places } from './graph-place'
import { edgeHealth } from '../health/health'
import { type Measures, measuresOf } from '../health/measure'
import { figuresOf } from '../figures/tally'
import { viewsOf, witnessesOf } from '../witness/witness'
import type { Edge, World } from '../world'

export type GraphOptions = {
  readonly level: Level
  /** What the regions are; namespaces unless said otherwise. */
  readonly by?: Grouping
  /** Regions (`cluster/namespace`, `cluster/team:name`) that the viewer folded. */
  readonly fold?: readonly string[]
  /** Regions that the viewer wants open, whatever the size or level says. */
  readonly unfold?: readonly string[]
  readonly filter?: Filter
  /** The World of the window before, where the filter asks what is new (core/filter/filter-facts.ts). */
  readonly before?: World | null
  /** Only this node and what is around it; nothing is folded by size then. */
  readonly focus?: Focus
  /** One cluster only: edges with an end in it. */
  readonly cluster?: string
  /** Show the cluster's machines also where no part of the filter names them. */
  readonly nodes?: boolean
  /** Edges drawn at most; the unwell and the strongest are kept. */
  readonly maxEdges?: number
  /** Show workloads without traffic too, at most `maxIsolated` of them. */
  readonly isolated?: boolean
  readonly maxIsolated?: number
  /** With more nodes than this every region is folded that `unfold` does not name. */
  readonly foldAbove?: number
}

const defaults = { maxEdges: 5000, maxIsolated: 200, foldAbove: 300, maxAround: 400 }

/**
 * The graph that the map and its list show. Filters, folding and the cap choose what is drawn; the
 * figures and health of a node are always of all its traffic in the World. The order of the input
 * does not matter. O(edges + nodes log nodes + drawn edges log drawn edges).
 */
export function buildGraph(world: World, options: GraphOptions): Graph {
  const { filter = everythingMatches, by = 'namespace', fold = [], unfold = [] } = options
  const inCluster = (endpoint: Endpoint) => options.cluster === undefined || endpoint.cluster === options.cluster
  const isHidden = hiddenNode(filter, options.nodes ?? false)
  const ends = createEnds(isHidden)
  const measures = measuresOf(world)
  const seen = fuseAll(world, ends, inCluster, measures)
  for (const { endpoint, role } of world.inventory) if (inCluster(endpoint)) ends.of(endpoint).role = role
  const detours = detoursOf(world)
  const twice = hiddenDetours(detours, isHidden)
  const all = ends.all()

  const facts = factsOf(world, options.before)
  const matching = filtered(seen, filter, world, facts)
  const choice = { level: options.level, by, fold, unfold }
  const visible = matching.filter(({ edge, from, to }) => isShown(from, to) && !twice.has(edge))
  const near = options.focus && focused(visible, options.focus, placesAsChosen(world, choice))
  const kept = near ? near.kept : visible
  for (const { from, to } of kept) from.drawn = to.drawn = true
  const drawnEnds = all.filter((end) => end.drawn)
  const idle =
    options.isolated === false || near
      ? []
      : withoutTraffic(all, filter, options.level, facts).filter(({ endpoint }) => inCluster(endpoint))
  const { places, folded, bySize } = chooseFolding(
    [...drawnEnds, ...idle].map(({ endpoint }) => endpoint),
    world,
    { ...choice, foldAbove: near ? Infinity : (options.foldAbove ?? defaults.foldAbove) },
  )
  const placeOf = (end: End): Place => (end.place ??= places.of(end.endpoint))

  const nodes = createNodeDrafts(measures)
  for (const end of all) nodes.exists(end, placeOf(end))
  for (const each of seen) nodes.add(each, detours.get(each.edge))

  const byNumber: EdgeDrafts = new Map()
  for (const each of kept) addToEdges(byNumber, placeOf(each.from), placeOf(each.to), each)
  const drafts = [...byNumber.values()]
  const drawn = strongest(drafts, options.maxEdges ?? defaults.maxEdges)

  const busy = new Set(drawnEnds.map(placeOf))
  const seats = seatsOf(world)
  const quiet = [...new Set(idle.map(placeOf))].filter((place) => !busy.has(place)).sort(byId)
  const shown = [
    ...withoutCut(busy, drafts, drawn),
    ...quiet.slice(0, options.maxIsolated ?? defaults.maxIsolated),
  ].sort(byId)
  return {
    window: world.window,
    level: options.level,
    nodes: shown.map((place) => nodes.finish(place, secondsOf(world, place.cluster))).filter((node) => node !== null),
    edges: inOrder(drawn, shown).map((draft) =>
      finishEdge(draft, secondsOf(world, draft.to.cluster, draft.from.cluster), (edge) => coverOf(world, edge), seats),
    ),
    total: { nodes: near ? near.reached : busy.size + quiet.length, edges: drafts.length },
    hiddenNodes: hiddenAmong(matching),
    views: viewsOf(seen.map(({ rows }) => rows)),
    focus: options.focus?.id ?? null,
    folded,
    foldedBySize: bySize,
    gaps: world.gaps,
    sources: world.sources,
  }
}

const focused = (seen: readonly Seen[], focus: Focus, places: Places) =>
  around(seen, (end) => places.of(end.endpoint), focus, defaults.maxAround)

/** Those that no part of the filter asks for. */
const hiddenDetours = (detours: Detours, isHidden: (endpoint: Endpoint) => boolean): ReadonlySet<Edge> =>
  new Set([...detours].filter(([edge, waypoint]) => isHidden(edge[waypoint])).map(([edge]) => edge))

const byId = (a: Place, b: Place) => (a.id < b.id ? -1 : 1)

function fuseAll(world: World, ends: Ends, inCluster: (endpoint: Endpoint) => boolean, measures: Measures): Seen[] {
  const seen: Seen[] = []
  for (const worldEdge of world.edges) {
    const { edge, rows } = worldEdge
    if (!inCluster(edge.from) && !inCluster(edge.to)) continue
    const from = ends.of(edge.from)
    const to = ends.of(edge.to)
    if (isShown(from, to)) from.busy = to.busy = true
    const cover = coverOf(world, edge)
    const witnesses = witnessesOf(rows, cover)
    const { tally, l7, witness } = fuseBy(witnesses, rows, cover)
    const diagnosis = edgeHealth(tally, measures.ofEdge(worldEdge, l7))
    // Named one by one: a spread object would be slow to read, and every edge is read often.
    seen.push({ edge, rows, witnesses, from, to, tally, l7, witness, diagnosis })
  }
  return seen
}

function filtered(seen: readonly Seen[], filter: Filter, world: World, facts: FilterFacts): readonly Seen[] {
  if (filter.type === 'all') return seen
  const matches = compileEdgeFilter(filter, facts)
  return seen.filter(({ edge, rows, tally, diagnosis: { health } }) =>
    matches(
      edge,
      rows.map((row) => row.facet),
      () => ({ ...figuresOf(tally, secondsOf(world, edge.to.cluster, edge.from.cluster)), health }),
    ),
  )
}

/** Workloads that nothing shown talks with. A Service is drawn by itself only at its own level. */
function withoutTraffic(all: readonly End[], filter: Filter, level: Level, facts: FilterFacts): End[] {
  const matches = compileNodeFilter(filter, facts)
  const isDrawn = (type: EndpointType) => type === 'workload' || (type === 'service' && level === 'service')
  return all.filter(({ endpoint, busy }) => !busy && isDrawn(endpointType(endpoint)) && matches(endpoint))
}

function hiddenAmong(seen: readonly Seen[]): number {
  const hidden = new Set<End>()
  for (const { from, to } of seen) {
    if (from.machine === 'hidden' && !from.drawn) hidden.add(from)
    if (to.machine === 'hidden' && !to.drawn) hidden.add(to)
  }
  return hidden.size
}
