import { type Endpoint, endpointKey, endpointType } from '../endpoint'
import { groupBy, pairKey } from './join-parts'
import { type InventoryItem, storedIds, type WorldEdge } from '../world'

/** A workload whose kind a source does not know becomes the only one of that name and namespace. O(edges + inventory). */
export function joinNames(edges: readonly WorldEdge[], inventory: readonly InventoryItem[]): readonly WorldEdge[] {
  const known = canonical(edges, inventory)
  return known.size === 0 ? edges : mergeEqual(edges.map((each) => rename(each, known)))
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
  const groups = groupBy(edges, ({ edge }) => `${pairKey(edge)}|${edge.port}|${edge.protocol}`)
  return [...groups.values()].flatMap((same) => {
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
