import { noCounters } from '../figures/counters'
import { endpointKey } from '../endpoint'
import { isTunnel } from './join-target'
import { type EdgeRow, storedIds, type WorldEdge } from '../world'

/** Adds the rows of an edge to the one that it is the same as. */
export function absorb(into: WorldEdge, other: WorldEdge): WorldEdge {
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

/** Where an edge goes; `twice`: what it counts is counted there already, only who saw it is taken over. */
type Target = { readonly edge: WorldEdge; readonly twice: boolean }

/** Edges with those absorbed that are the same as another one. */
export function absorbAll(
  edges: readonly WorldEdge[],
  some: readonly WorldEdge[],
  targetOf: (each: WorldEdge) => Target | null,
): readonly WorldEdge[] {
  const into = new Map<WorldEdge, WorldEdge[]>()
  const moved = new Set<WorldEdge>()
  for (const each of some) {
    const target = targetOf(each)
    if (!target) continue
    moved.add(each)
    const taken = target.twice ? { ...each, rows: each.rows.map(({ facet }) => ({ facet, ...noCounters })) } : each
    const own = into.get(target.edge)
    if (own) own.push(taken)
    else into.set(target.edge, [taken])
  }
  return edges.filter((each) => !moved.has(each)).map((each) => (into.get(each) ?? []).reduce(absorb, each))
}

/** The two ends of an edge, as a key. */
export const pairKey = ({ from, to }: WorldEdge['edge']) => `${endpointKey(from)}|${endpointKey(to)}`

/** Edges in groups of equal keys, in the order of the first of each. */
export function groupBy(edges: readonly WorldEdge[], key: (each: WorldEdge) => string): Map<string, WorldEdge[]> {
  const groups = new Map<string, WorldEdge[]>()
  for (const each of edges) {
    const own = groups.get(key(each))
    if (own) own.push(each)
    else groups.set(key(each), [each])
  }
  return groups
}
