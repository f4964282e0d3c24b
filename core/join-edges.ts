import { type Endpoint, endpointKey, endpointType } from './endpoint'
import { joinTarget, isPortless, isTunnel } from './join-target'
import { sourceParts } from './witness'
import { type EdgeRow, type InventoryItem, storedIds, type WorldEdge } from './world'

/**
 * Edges that are the same traffic as one: sources name ends and ports differently, and the map must
 * show each call once.
 * - A workload whose kind a source did not know is the only one of that name and namespace.
 * - An edge without a port (Istio's metrics tell none) is that on the only port that others saw.
 * - An edge on a proxy's own port (HBONE 15008, Linkerd 4143) carries what goes to the real one; its
 *   connections are those of a pool and count for nothing there.
 * - An outside party whom a source does not name (Goldmane's public network) is the only one that
 *   others named on that port.
 * - Calls of an unknown caller that only the callee's proxy or spans saw are those of the only named
 *   caller that the network saw and they did not.
 * The first in order of ids names the joined edge. The order of the input does not matter. O(edges).
 */
export function joinEdges(edges: readonly WorldEdge[], inventory: readonly InventoryItem[]): readonly WorldEdge[] {
  const known = canonical(edges, inventory)
  const named = known.size === 0 ? edges : mergeEqual(edges.map((each) => rename(each, known)))
  return joinCallers(joinOutside(joinPorts(named)))
}

type Renames = ReadonlyMap<string, Endpoint>

/** What an endpoint of unknown kind really is, by its key. */
function canonical(edges: readonly WorldEdge[], inventory: readonly InventoryItem[]): Renames {
  const vague = new Map<string, string>()
  for (const { edge } of edges)
    for (const end of [edge.from, edge.to]) if (end.kind === 'Workload') vague.set(endpointKey(end), nameKey(end))
  if (vague.size === 0) return new Map()
  const wanted = new Set(vague.values())
  const found = new Map<string, Endpoint | null>()
  const note = (end: Endpoint) => {
    const key = nameKey(end)
    if (!wanted.has(key) || end.kind === 'Workload' || endpointType(end) !== 'workload') return
    const other = found.get(key)
    found.set(key, other === undefined || other?.kind === end.kind ? end : null)
  }
  for (const { endpoint } of inventory) note(endpoint)
  for (const { edge } of edges) [edge.from, edge.to].forEach(note)
  return new Map(
    [...vague].flatMap(([key, name]) => {
      const end = found.get(name)
      return end ? [[key, end] as const] : []
    }),
  )
}

const nameKey = ({ cluster, namespace, name }: Endpoint) => `${cluster}\0${namespace}\0${name}`

function rename(each: WorldEdge, known: Renames): WorldEdge {
  const to = (end: Endpoint) => (end.kind === 'Workload' ? (known.get(endpointKey(end)) ?? end) : end)
  const { edge } = each
  const from = to(edge.from)
  const callee = to(edge.to)
  return from === edge.from && callee === edge.to ? each : { ...each, edge: { ...edge, from, to: callee } }
}

/** Edges that have become equal by their names. */
function mergeEqual(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  return mergeBy(edges, ({ edge }) => `${pairKey(edge)}|${edge.port}|${edge.protocol}`)
}

function joinPorts(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  if (!edges.some(({ edge }) => isPortless(edge) || isTunnel(edge))) return edges
  const pairs = groupBy(edges, ({ edge }) => pairKey(edge))
  return [...pairs.values()].flatMap((pair) => (pair.length === 1 ? pair : joinPair(pair)))
}

function joinPair(pair: readonly WorldEdge[]): readonly WorldEdge[] {
  const into = new Map<WorldEdge, WorldEdge[]>()
  for (const each of pair) {
    const target = joinTarget(each, pair)
    if (!target) continue
    const others = into.get(target)
    if (others) others.push(each)
    else into.set(target, [each])
  }
  const moved = new Set([...into.values()].flat())
  // A tunnel may join an edge without a port that itself joins another one.
  const gathered = (target: WorldEdge): WorldEdge[] =>
    (into.get(target) ?? []).flatMap((each) => [...gathered(each), each])
  return pair
    .filter((each) => !moved.has(each))
    .map((target) => gathered(target).reduce((sum, each) => absorb(sum, each), target))
}

/** Adds the rows of an edge to the one that it is the same as. */
function absorb(into: WorldEdge, other: WorldEdge): WorldEdge {
  const rows = isTunnel(other.edge) ? other.rows.map(withoutPool) : other.rows
  return {
    edge: into.edge,
    rows: [...into.rows, ...rows],
    joined: [...(into.joined ?? []), ...storedIds(other)].sort((a, b) => a - b),
  }
}

/** A pooled connection says nothing about how many calls or connections it carries; what was refused stays. */
const withoutPool = (row: EdgeRow): EdgeRow =>
  row.facet.verdict === 'allowed' ? { ...row, flows: null, connections: null, connectionSeconds: null } : row

/** Calls of one workload to `Internet` on a port are those to the only outside party that another source named there. */
function joinOutside(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  const nameless = edges.filter(({ edge }) => isInternet(edge.to))
  if (nameless.length === 0) return edges
  const key = ({ edge }: WorldEdge) => `${endpointKey(edge.from)}|${edge.port}|${edge.protocol}`
  const byCaller = groupBy(
    edges.filter(({ edge }) => endpointType(edge.to) === 'external' && !isInternet(edge.to)),
    key,
  )
  return absorbAll(edges, nameless, (each) => {
    const [only, ...others] = byCaller.get(key(each)) ?? []
    const sources = new Set(each.rows.map(({ facet }) => facet.source))
    // A source that names the party names all that it can: what it calls Internet is something else.
    return only && others.length === 0 && !only.rows.some(({ facet }) => sources.has(facet.source)) ? only : null
  })
}

const isInternet = ({ kind, name }: Endpoint) => kind === 'External' && name === 'Internet'

/** Edges with those absorbed that are the same as another one. */
function absorbAll(
  edges: readonly WorldEdge[],
  some: readonly WorldEdge[],
  targetOf: (each: WorldEdge) => WorldEdge | null,
): readonly WorldEdge[] {
  const into = new Map<WorldEdge, WorldEdge[]>()
  for (const each of some) {
    const target = targetOf(each)
    const own = target && into.get(target)
    if (own) own.push(each)
    else if (target) into.set(target, [each])
  }
  const moved = new Set([...into.values()].flat())
  return edges.filter((each) => !moved.has(each)).map((each) => (into.get(each) ?? []).reduce(absorb, each))
}

function joinCallers(edges: readonly WorldEdge[]): readonly WorldEdge[] {
  const nameless = edges.filter(({ edge, rows }) => isUnknown(edge.from) && rows.every(isSpoken))
  if (nameless.length === 0) return edges
  const byCallee = groupBy(edges, ({ edge }) => endpointKey(edge.to))
  return absorbAll(edges, nameless, (each) => {
    const { to, port, protocol } = each.edge
    const [only, ...others] = (byCallee.get(endpointKey(to)) ?? []).filter(
      ({ edge, rows }) =>
        (isPortless(each.edge) || (edge.port === port && edge.protocol === protocol)) &&
        !isUnknown(edge.from) &&
        !rows.some(isSpoken),
    )
    return only && others.length === 0 ? only : null
  })
}

const isUnknown = (end: Endpoint) => endpointType(end) === 'unknown'

/** Told by the callee’s proxy or by a span. */
const isSpoken = ({ facet }: EdgeRow): boolean => {
  const { view } = sourceParts(facet.source)
  return view === 'proxies' || view === 'spans'
}

const pairKey = ({ from, to }: WorldEdge['edge']) => `${endpointKey(from)}|${endpointKey(to)}`

function mergeBy(edges: readonly WorldEdge[], key: (each: WorldEdge) => string): readonly WorldEdge[] {
  return [...groupBy(edges, key).values()].flatMap((same) => {
    const [first, ...others] = same.toSorted((a, b) => a.edge.id - b.edge.id)
    if (!first) return []
    if (others.length === 0) return first
    return {
      edge: first.edge,
      rows: [first, ...others].flatMap(({ rows }) => rows),
      joined: others.flatMap(storedIds),
    }
  })
}

function groupBy(edges: readonly WorldEdge[], key: (each: WorldEdge) => string): Map<string, WorldEdge[]> {
  const groups = new Map<string, WorldEdge[]>()
  for (const each of edges) {
    const own = groups.get(key(each))
    if (own) own.push(each)
    else groups.set(key(each), [each])
  }
  return groups
}
