import type { GraphIndex } from '../camera/walk'

/**
 * The edges on all ways from one node to another or back; of an edge, those through it. Empty where
 * there is no way. O(edges).
 */
export function waysBetween(index: GraphIndex, centre: string, root: string): readonly string[] {
  const edge = index.edges.get(centre)
  if (edge) {
    const before = reach(index, edge.from, 'callers')
    const after = reach(index, edge.to, 'callees')
    const from = before.has(root) ? between(index, root, edge.from) : []
    const to = after.has(root) ? between(index, edge.to, root) : []
    return [...new Set([centre, ...from, ...to])]
  }
  if (centre === root) return []
  return [...new Set([...between(index, centre, root), ...between(index, root, centre)])]
}

/** Edges that lie on a way from `from` to `to`. */
function between(index: GraphIndex, from: string, to: string): string[] {
  const ahead = reach(index, from, 'callees')
  if (!ahead.has(to)) return []
  const behind = reach(index, to, 'callers')
  const edges: string[] = []
  for (const id of ahead) {
    if (!behind.has(id)) continue
    for (const edge of index.around.get(id) ?? []) {
      // Edges back into the start or out of the goal lead round in circles.
      if (edge.from !== id || edge.to === from || id === to) continue
      if (ahead.has(edge.to) && behind.has(edge.to)) edges.push(edge.id)
    }
  }
  return edges
}

function reach(index: GraphIndex, start: string, way: 'callers' | 'callees'): ReadonlySet<string> {
  const found = new Set([start])
  for (const id of found) {
    for (const edge of index.around.get(id) ?? []) {
      if (way === 'callees' && edge.from === id) found.add(edge.to)
      if (way === 'callers' && edge.to === id) found.add(edge.from)
    }
  }
  return found
}
