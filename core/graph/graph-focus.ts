import type { End } from './graph-ends'
import type { Place } from './graph-place'

/** Who is looked at besides the focused node: its callers, its callees, or both. */
export const directions = ['both', 'up', 'down'] as const
export type Direction = (typeof directions)[number]

/** One node with what calls it and what it calls, `hops` edges away at most (Infinity: all of it). */
export type Focus = { readonly id: string; readonly hops: number; readonly direction: Direction }

type Link = { readonly from: End; readonly to: End }

/**
 * The edges around the focused node: callers that reach it and callees that it reaches within the hops, the
 * nearest first where there are more than `mostNodes`, and all edges between those. `reached`: how many
 * nodes there are without that bound; 0 where nothing of that id is there. O(edges).
 */
export function around<T extends Link>(
  links: readonly T[],
  placeOf: (end: End) => Place,
  { id, hops, direction }: Focus,
  mostNodes: number,
): { readonly kept: readonly T[]; readonly reached: number } {
  const callers = new Map<Place, Set<Place>>()
  const callees = new Map<Place, Set<Place>>()
  let centre: Place | undefined
  for (const { from, to } of links) {
    const [a, b] = [placeOf(from), placeOf(to)]
    if (a.id === id) centre = a
    if (b.id === id) centre = b
    add(callees, a, b)
    add(callers, b, a)
  }
  if (!centre) return { kept: [], reached: 0 }
  const up = direction === 'down' ? [] : walk(centre, callers, hops)
  const down = direction === 'up' ? [] : walk(centre, callees, hops)
  const distance = new Map<Place, number>([[centre, 0]])
  for (const [place, hop] of [...up, ...down]) distance.set(place, Math.min(distance.get(place) ?? Infinity, hop))
  const nearest = [...distance].sort(([a, n], [b, m]) => n - m || (a.id < b.id ? -1 : 1)).slice(0, mostNodes)
  const inside = new Set(nearest.map(([place]) => place))
  return {
    kept: links.filter(({ from, to }) => inside.has(placeOf(from)) && inside.has(placeOf(to))),
    reached: distance.size,
  }
}

function add(table: Map<Place, Set<Place>>, from: Place, to: Place): void {
  const list = table.get(from)
  if (list) list.add(to)
  else table.set(from, new Set([to]))
}

/** Everything that is reached, with how many hops it takes; without the start. */
function walk(start: Place, next: ReadonlyMap<Place, ReadonlySet<Place>>, hops: number): [Place, number][] {
  const found = new Map<Place, number>([[start, 0]])
  let rim: Place[] = [start]
  for (let hop = 1; hop <= hops && rim.length > 0; hop++) {
    const outer: Place[] = []
    for (const place of rim) {
      for (const neighbour of next.get(place) ?? []) {
        if (found.has(neighbour)) continue
        found.set(neighbour, hop)
        outer.push(neighbour)
      }
    }
    rim = outer
  }
  found.delete(start)
  return [...found]
}
