import { groupBy, absorb, pairKey } from './join-parts'
import { isPortless, isTunnel, joinTarget } from './join-target'
import type { WorldEdge } from '../world'

/** Edges without a port, and on proxies' own ports, join the real port of the same pair. O(edges). */
export function joinPorts(edges: readonly WorldEdge[]): readonly WorldEdge[] {
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
